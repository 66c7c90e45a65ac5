import type { Json } from '../../../core/json';
import type { ChangedProperty, LiveResource } from './configuration-item';

type Changes = Record<string, ChangedProperty>;
/** A value that may be absent, which counts as null. */
type Value = Json | undefined;

/**
 * The properties in which a resource differs from how it was, named as AWS Config names them: the path in capitals
 * (`SupplementaryConfiguration.BucketPolicy.PolicyText`), and for a list a running number over the elements that went
 * and came (`Configuration.IpPermissions.0`), not an index. A list's element is compared as a whole, so that a changed
 * permission is one that went and one that came.
 *
 * https://repost.aws/knowledge-center/config-configurationitemdiff
 */
export function changedProperties(before: LiveResource, after: LiveResource): Changes {
  const changes: Changes = {};
  compare('Relationships', asJson(before.relationships), asJson(after.relationships), changes);
  compare('Configuration', before.configuration, after.configuration, changes);
  compare(
    'SupplementaryConfiguration',
    before.supplementaryConfiguration,
    after.supplementaryConfiguration,
    changes,
  );
  return changes;
}

function compare(path: string, before: Value, after: Value, changes: Changes): void {
  if (text(before) === text(after)) return;
  if (Array.isArray(before) && Array.isArray(after)) compareLists(path, before, after, changes);
  else if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(`${path}.${key.charAt(0).toUpperCase()}${key.slice(1)}`, before[key], after[key], changes);
    }
  } else changes[path] = change(before, after);
}

function compareLists(path: string, before: Json[], after: Json[], changes: Changes): void {
  const gone = without(before, after).map((element) => change(element, null));
  const come = without(after, before).map((element) => change(null, element));
  for (const [number, changed] of [...gone, ...come].entries()) changes[`${path}.${number}`] = changed;
}

/** The elements of `list` that are not in `others`; an element that is there twice has to be there twice. */
function without(list: Json[], others: Json[]): Json[] {
  const remaining = others.map(text);
  return list.filter((element) => {
    const at = remaining.indexOf(text(element));
    if (at >= 0) remaining.splice(at, 1);
    return at < 0;
  });
}

function change(before: Value, after: Value): ChangedProperty {
  const previousValue = before ?? null;
  const updatedValue = after ?? null;
  return {
    previousValue,
    updatedValue,
    changeType: previousValue === null ? 'CREATE' : updatedValue === null ? 'DELETE' : 'UPDATE',
  };
}

/** JSON text that is the same for the same value, whatever the order of its keys. */
function text(value: Value): string {
  return JSON.stringify(value ?? null, (_key, inner: Value) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function isObject(value: Value): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An interface has no index signature, so that the compiler does not see that it is JSON. */
function asJson(values: readonly object[]): Json {
  return values.map((value) => ({ ...value }) as { [key: string]: Json });
}
