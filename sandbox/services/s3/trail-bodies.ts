import { isObject, scalar } from '../cloudtrail/written';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
const noNumbers: ReadonlySet<string> = new Set();

/**
 * What the bodies of S3's calls set, by the name of the root element, as CloudTrail records them: element by element, with the
 * namespace of the root.
 */
export function writtenBodies(parameters: Readonly<Record<string, unknown>>): Record<string, object> {
  const bodies = Object.entries(parameters).filter(([, value]) => isObject(value));
  return Object.fromEntries(
    bodies.map(([name, value]) => [name, { xmlns: namespace, ...(written(name, value) as object) }]),
  );
}

function written(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => written(name, one));
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, written(key, inner)]));
  }
  return typeof value === 'string' ? scalar(name, value, noNumbers) : value;
}
