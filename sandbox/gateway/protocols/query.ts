import type { HttpRequest } from './request';

/** A decoded parameter of the query protocol. */
type QueryValue = string | QueryValue[] | { [name: string]: QueryValue };

/**
 * Decodes a request of AWS's query protocol, EC2's variant included: `IpPermissions.1.IpRanges.2.CidrIp=…` becomes
 * nested lists and objects, `Tags.member.1.…` a list, `Attributes.entry.1.key=…` an object.
 *
 * - https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 * - https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export function parseQuery(request: HttpRequest): Record<string, unknown> {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const pairs = isForm ? new URLSearchParams(request.body.toString('utf8')) : request.query;
  const root: { [name: string]: QueryValue } = {};
  for (const [name, value] of pairs) put(root, name.split('.'), value);
  return Object.fromEntries(Object.entries(root).map(([name, value]) => [name, withLists(value)]));
}

function put(target: { [name: string]: QueryValue }, path: readonly string[], value: string): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  const existing = target[first];
  const next = typeof existing === 'object' && !Array.isArray(existing) ? existing : {};
  target[first] = next;
  put(next, rest, value);
}

/** Turns objects whose keys are all numbers into lists, and unwraps `member` and `entry`. */
function withLists(value: QueryValue): QueryValue {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const names = Object.keys(value);
  const only = names.length === 1 ? names[0] : undefined;
  const wrapped = only === 'member' || only === 'entry' ? value[only] : undefined;
  if (wrapped !== undefined && typeof wrapped !== 'string') {
    const list = withLists(wrapped);
    return only === 'entry' && Array.isArray(list) ? entriesToObject(list) : list;
  }
  if (names.length > 0 && names.every((name) => /^\d+$/.test(name))) {
    return names
      .sort((left, right) => Number(left) - Number(right))
      .map((name) => withLists(value[name] ?? ''));
  }
  return Object.fromEntries(names.map((name) => [name, withLists(value[name] ?? '')]));
}

function entriesToObject(entries: QueryValue[]): QueryValue {
  return Object.fromEntries(
    entries.map((entry) => {
      const { key = '', value = '' } = entry as { key?: string; value?: QueryValue };
      return [key, value];
    }),
  );
}
