import type { HandedOverForms } from '../kit/resource-type';
import { isAttributesAnswer, snapshotIdIn } from '../kit/share-list/rds/model';
import { type RdsClusterSnapshot, rdsClusterSnapshotFromApi } from './model';
import { rdsClusterSnapshotNames } from './names';

/** How they are handed over: DescribeDBClusterSnapshotAttributes' answers, and rows of queries. */
export const rdsClusterSnapshotForms: HandedOverForms<RdsClusterSnapshot> = {
  fromApi: rdsClusterSnapshotFromApi,
  apiId: (fields) => snapshotIdIn(fields, rdsClusterSnapshotNames),
  isApiAnswer: (fields) => isAttributesAnswer(fields, rdsClusterSnapshotNames),
  fits: ({ configuration }) => idOf(configuration) !== undefined,
  idIn: idOf,
  withId: (fields, _configuration, id) => ('resourceId' in fields ? fields : { ...fields, resourceId: id }),
};

/** The name in a configuration of AWS Config's. */
function idOf(configuration: Readonly<Record<string, unknown>>): unknown {
  return configuration.dbclusterSnapshotIdentifier ?? configuration.dBClusterSnapshotIdentifier;
}
