import type { ApiCall } from '../../gateway/api';

/** The ARN of a snapshot that a call names; of every one where it names none. RDS keeps names in small letters. */
export function snapshotArn({ accountId, region, parameters }: ApiCall, parameter = 'DBSnapshotIdentifier') {
  return arnOf({ accountId, region }, 'snapshot', parameters[parameter]);
}

/** The same of a snapshot of a cluster. */
export function clusterSnapshotArn(
  { accountId, region, parameters }: ApiCall,
  parameter = 'DBClusterSnapshotIdentifier',
) {
  return arnOf({ accountId, region }, 'cluster-snapshot', parameters[parameter]);
}

/** The ARN of a database instance that a call names. */
export function instanceArn({ accountId, region, parameters }: ApiCall): string {
  return arnOf({ accountId, region }, 'db', parameters.DBInstanceIdentifier);
}

/** The ARN of a cluster that a call names. */
export function clusterArn({ accountId, region, parameters }: ApiCall): string {
  return arnOf({ accountId, region }, 'cluster', parameters.DBClusterIdentifier);
}

function arnOf({ accountId, region }: Pick<ApiCall, 'accountId' | 'region'>, kind: string, name: unknown) {
  const named = typeof name === 'string' && name !== '' ? name.toLowerCase() : '*';
  return named.startsWith('arn:') ? named : `arn:aws:rds:${region}:${accountId}:${kind}:${named}`;
}
