import type { HandedOverForms } from '../kit/resource-type';
import { isAttributesAnswer, snapshotIdIn } from '../kit/share-list/rds/model';
import { type RdsSnapshot, rdsSnapshotFromApi } from './model';
import { rdsSnapshotNames } from './names';

/** How they are handed over: DescribeDBSnapshotAttributes' answers, and rows of queries. */
export const rdsSnapshotForms: HandedOverForms<RdsSnapshot> = {
  fromApi: rdsSnapshotFromApi,
  apiId: (fields) => snapshotIdIn(fields, rdsSnapshotNames),
  isApiAnswer: (fields) => isAttributesAnswer(fields, rdsSnapshotNames),
  fits: ({ configuration }) => idOf(configuration) !== undefined,
  idIn: idOf,
  withId: (fields, _configuration, id) => ('resourceId' in fields ? fields : { ...fields, resourceId: id }),
};

/** The name in a configuration of AWS Config's. */
function idOf(configuration: Readonly<Record<string, unknown>>): unknown {
  return configuration.dBSnapshotIdentifier;
}
