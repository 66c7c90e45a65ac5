import { ApiError } from './errors';
import { refuseRepeated } from './repeated';
import type { HttpRequest } from './request';

/** A decoded parameter of the query protocol. */
type QueryValue = string | QueryValue[] | { [name: string]: QueryValue };

/** Whether the request names its operation as the query protocol does. */
export function asksByQuery(request: HttpRequest): boolean {
  return request.query.has('Action') || pairsOf(request).has('Action');
}

/**
 * Decodes a request of AWS's query protocol, EC2's variant included: `IpPermissions.1.IpRanges.2.CidrIp=…` becomes
 * nested lists and objects, `Tags.member.1.…` a list, `Attributes.entry.1.key=…` an object.
 *
 * - https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 * - https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 *
 * @throws ApiError when a parameter comes twice, or comes in two places or shapes: services differ in which one they take.
 */
export function parseQuery(request: HttpRequest): Record<string, unknown> {
  const pairs = pairsOf(request);
  if (request.query.has('Action') && request.body.length > 0) {
    throw new ApiError(
      'InvalidParameterCombination',
      'Give the parameters either in the URL or in the body, not in both.',
    );
  }
  refuseRepeated(pairs.keys());
  const root: { [name: string]: QueryValue } = {};
  for (const [name, value] of pairs) put(root, name.split('.'), value);
  return Object.fromEntries(Object.entries(root).map(([name, value]) => [name, withLists(value)]));
}

function pairsOf({ headers, body, query }: HttpRequest): URLSearchParams {
  const isForm = headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded');
  return isForm ? new URLSearchParams(body.toString('utf8')) : query;
}

function put(target: { [name: string]: QueryValue }, path: readonly string[], value: string): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    if (target[first] !== undefined) throw inTwoShapes(first);
    target[first] = value;
    return;
  }
  const existing = target[first];
  if (typeof existing === 'string') throw inTwoShapes(first);
  const next = typeof existing === 'object' && !Array.isArray(existing) ? existing : {};
  target[first] = next;
  put(next, rest, value);
}

function inTwoShapes(name: string): ApiError {
  return new ApiError('InvalidParameterValue', `The parameter ${name} is given as a value and as a list.`);
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
