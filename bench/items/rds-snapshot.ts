import type { ItemMaker, RandomChoice } from './item-maker';

/** Snapshots of RDS instances, some of them shared. */
export const rdsSnapshotItem: ItemMaker = (index, choice) => {
  const name = `snapshot-${index}`;
  const ARN = `arn:aws:rds:eu-west-1:111122223333:snapshot:${name}`;
  return {
    resourceType: 'AWS::RDS::DBSnapshot',
    resourceId: name,
    resourceName: name,
    ARN,
    configuration: {
      dBSnapshotIdentifier: name,
      dBInstanceIdentifier: `database-${index % 50}`,
      dBSnapshotArn: ARN,
      ...common(choice),
      allocatedStorage: 200,
      encrypted: false,
      iAMDatabaseAuthenticationEnabled: false,
    },
    supplementaryConfiguration: { DBSnapshotAttributes: [attribute(choice)], Tags: [] },
  };
};

/** The same of clusters. */
export const rdsClusterSnapshotItem: ItemMaker = (index, choice) => {
  const name = `cluster-snapshot-${index}`;
  const ARN = `arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:${name}`;
  return {
    resourceType: 'AWS::RDS::DBClusterSnapshot',
    resourceId: name,
    resourceName: name,
    ARN,
    configuration: {
      dbclusterSnapshotIdentifier: name,
      dbclusterIdentifier: `cluster-${index % 50}`,
      dbclusterSnapshotArn: ARN,
      ...common(choice),
      storageEncrypted: false,
      iamdatabaseAuthenticationEnabled: false,
    },
    supplementaryConfiguration: { DBClusterSnapshotAttributes: [attribute(choice)], Tags: [] },
  };
};

function common({ oneOf }: RandomChoice) {
  return {
    engine: oneOf(['aurora-mysql', 'mysql', 'postgres']),
    engineVersion: '8.0.36',
    masterUsername: 'admin',
    percentProgress: 100,
    port: 3306,
    snapshotCreateTime: '2026-03-04T05:06:07.000Z',
    snapshotType: oneOf(['automated', 'manual']),
    status: 'available',
    vpcId: 'vpc-0123456789abcdef0',
  };
}

function attribute({ below, several }: RandomChoice) {
  const accounts = several(3, () => String(111122223333 + below(1_000)));
  return { attributeName: 'restore', attributeValues: below(8) === 0 ? [...accounts, 'all'] : accounts };
}
