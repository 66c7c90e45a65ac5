import { parseXml } from '../../gateway/protocols/xml';
import { isObject, lowerFirst } from '../cloudtrail/written';
import type { Trail } from '../service';

/** How RDS names the elements of its lists, in requests and in answers. */
const listElements: ReadonlySet<string> = new Set([
  'AttributeValue',
  'DBSnapshotAttribute',
  'DBClusterSnapshotAttribute',
  'Filter',
  'Tag',
  'member',
]);

/** What no record tells. */
const hidden: ReadonlySet<string> = new Set(['MasterUserPassword']);

/** The answers of which something is recorded, by their operation: what the calls that share snapshots answer. */
const recorded: ReadonlySet<string> = new Set([
  'ModifyDBSnapshotAttribute',
  'ModifyDBClusterSnapshotAttribute',
]);

/**
 * Snapshots, instances and clusters, by their names. Neptune and DocumentDB are recorded as RDS too:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/logging-using-cloudtrail.html
 * https://docs.aws.amazon.com/documentdb/latest/developerguide/logging-with-cloudtrail.html
 */
export const trail: Trail = {
  namesOf: ({
    parameters: {
      DBSnapshotIdentifier,
      DBClusterSnapshotIdentifier,
      DBInstanceIdentifier,
      DBClusterIdentifier,
    },
  }) => [DBSnapshotIdentifier, DBClusterSnapshotIdentifier, DBInstanceIdentifier, DBClusterIdentifier],
  requestParameters({ parameters }) {
    const { Version: _version, ...given } = parameters;
    return written(given);
  },
  responseElements({ operation }, { body }) {
    if (!recorded.has(operation)) return null;
    const response = parseXml(body)?.[`${operation}Response`];
    const result = isObject(response) ? response[`${operation}Result`] : undefined;
    const [answered] = isObject(result) ? Object.values(result) : [];
    return isObject(answered) ? written(answered) : null;
  },
};

function written(fields: Record<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      lowerFirst(name),
      hidden.has(name) ? '****' : writtenValue(value),
    ]),
  );
}

function writtenValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writtenValue);
  if (!isObject(value)) return value;
  const [[name, elements] = ['', undefined], ...others] = Object.entries(value);
  if (others.length > 0 || !listElements.has(name)) return written(value);
  return (Array.isArray(elements) ? elements : [elements]).map(writtenValue);
}
