import { parseXml, xmlAt } from '../../gateway/protocols/xml';
import { isObject, lowerFirst } from '../cloudtrail/written';
import type { Trail } from '../service';

/** Lists in calls are wrapped in the name of their elements: `ValuesToAdd.AttributeValue.1`. */
const elementNames = ['AttributeValue', 'DBSnapshotAttribute', 'DBClusterSnapshotAttribute', 'member', 'Tag'];

/**
 * Snapshots of databases and clusters, by their identifiers; parameters by the API's names with a small first letter:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/logging-using-cloudtrail.html
 */
export const trail: Trail = {
  namesOf: ({ parameters: { DBSnapshotIdentifier, DBClusterSnapshotIdentifier, ResourceName } }) => [
    DBSnapshotIdentifier,
    DBClusterSnapshotIdentifier,
    ResourceName,
  ],
  requestParameters({ parameters }) {
    const { Version: _, ...others } = parameters;
    return written(others) as object;
  },
  responseElements({ operation }, { body }) {
    const result = xmlAt(parseXml(body), `${operation}Response`, `${operation}Result`);
    const [only] = isObject(result) ? Object.values(result) : [];
    return isObject(only) ? (written(only) as object) : null;
  },
};

function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (!isObject(value)) return value;
  const [only, ...others] = Object.entries(value);
  if (only && others.length === 0 && elementNames.includes(only[0])) return [only[1]].flat().map(written);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [lowerFirst(name), written(inner)]));
}
