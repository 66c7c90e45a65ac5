import { isText } from '../../input';
import type { TrailEvents } from '../../trail-events';
import type { SnapshotNames } from './snapshot-names';

/**
 * What CloudTrail records of sharing snapshots: the call's parameters, with a small first letter. A new snapshot, and a copy, is shared
 * with nobody. Calls of Neptune and DocumentDB are recorded as RDS's.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/logging-using-cloudtrail.html
 * https://docs.aws.amazon.com/documentdb/latest/developerguide/logging-with-cloudtrail.html
 * @param event the one operation that shares
 * @param id the parameter that names the snapshot, as the event has it
 */
export function snapshotTrail(event: string, id: string, { kind }: Pick<SnapshotNames, 'kind'>): TrailEvents {
  const arn = new RegExp(`^arn:[^:]*:rds:[^:]*:[^:]*:${kind}:`);
  return {
    source: 'rds.amazonaws.com',
    names: [event],
    opening: [event],

    touched({ requestParameters }) {
      const named = requestParameters?.[id];
      const added = requestParameters?.valuesToAdd;
      const addsNobody =
        requestParameters?.valuesToRemove !== undefined && (added === undefined || isEmpty(added));
      // RDS takes names in large letters too.
      return isText(named) && !addsNobody ? { ids: [named.replace(arn, '').toLowerCase()] } : undefined;
    },
  };
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
