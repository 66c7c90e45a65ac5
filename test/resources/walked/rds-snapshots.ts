import type { InMemoryAws } from '../../faults/aws/in-memory-aws';
import type { Snapshots } from '../../faults/aws/rds/snapshots';
import { named, type WalkedType } from './walked-type';

/** The account and Region of the test in which one is removed. */
const place = { accountId: '222222222222', region: 'eu-central-1' };

/** Snapshots of RDS, of instances or of clusters. */
function walkedSnapshots(
  type: WalkedType['type'],
  noun: 'DBSnapshot' | 'DBClusterSnapshot',
  of: (aws: InMemoryAws) => Snapshots,
): WalkedType {
  return {
    type,
    inPage: 100,
    list: `Describe${noun}s`,
    throttled: 'ThrottlingException',
    plant(aws, where, number) {
      const id = `snapshot-${named(number)}`;
      of(aws).create(id, where);
      return id;
    },
    remove: (aws, id) => of(aws).delete(id, place),
    read: {
      command: `Describe${noun}Attributes`,
      names: (input) => (input as Record<string, unknown>)[`${noun}Identifier`],
    },
  };
}

/** Snapshots of instances. */
export const rdsSnapshots = walkedSnapshots('AWS::RDS::DBSnapshot', 'DBSnapshot', (aws) => aws.rds.snapshots);

/** Snapshots of clusters. */
export const rdsClusterSnapshots = walkedSnapshots(
  'AWS::RDS::DBClusterSnapshot',
  'DBClusterSnapshot',
  (aws) => aws.rds.clusterSnapshots,
);
