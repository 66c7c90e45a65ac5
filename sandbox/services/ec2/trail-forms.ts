import { isObject, lowerFirst, scalar } from '../cloudtrail/written';

/** Fields that hold numbers, by their names with a small first letter. */
const numbers: ReadonlySet<string> = new Set([
  'fromPort',
  'toPort',
  'currentVersion',
  'version',
  'maxEntries',
]);

/** Lists that each permission of a security group has in a record, also where the call gives none. */
const listsOfPermission = ['groups', 'ipRanges', 'ipv6Ranges', 'prefixListIds'];

/** Other names of lists in records than in calls. */
const listNames: Readonly<Record<string, string>> = {
  resourceId: 'resourcesSet',
  tag: 'tagSet',
  tagSpecification: 'tagSpecificationSet',
  securityGroupRuleId: 'securityGroupRuleIds',
};

/**
 * The parameters of most of EC2's calls in a record: names begin with a small letter, a list is an object with `items`, and a
 * permission has each of its lists.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitor-with-cloudtrail.html
 */
export function requestInItems(parameters: Readonly<Record<string, unknown>>): object {
  const { Version: _, ...others } = parameters;
  const request = fieldsOf(others, inItems);
  // A call may also give one permission's parts as parameters of their own; the list is then empty.
  return 'cidrIp' in request ? { ipPermissions: {}, ...request } : request;
}

function inItems(name: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    return { items: value.map((one) => (typeof one === 'string' ? element(name, one) : inItems(name, one))) };
  }
  if (!isObject(value)) return typeof value === 'string' ? scalar(name, value, numbers) : value;
  const empty = name === 'ipPermissions' ? listsOfPermission.map((list) => [list, {}]) : [];
  return { ...Object.fromEntries(empty), ...fieldsOf(value, inItems) };
}

/** An element of a list of texts: the tagged resources are objects. */
function element(name: string, text: string): unknown {
  return name === 'resourceId' ? { resourceId: text } : text;
}

function fieldsOf(
  value: Readonly<Record<string, unknown>>,
  write: (name: string, value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const name = lowerFirst(key);
      return [Array.isArray(inner) ? (listNames[name] ?? name) : name, write(name, inner)];
    }),
  );
}

/** The parameters in EC2's newer form: the call's own names, and list elements with their place in the list as `tag`. */
export function requestWrapped(parameters: Readonly<Record<string, unknown>>): object {
  const { Version: _, ...others } = parameters;
  return Object.fromEntries(Object.entries(others).map(([name, value]) => [name, tagged(name, value)]));
}

function tagged(name: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    const elements = value.map((one, index) => ({ ...(tagged(name, one) as object), tag: index + 1 }));
    return elements.length === 1 ? elements[0] : elements;
  }
  if (isObject(value)) return requestWrapped(value);
  return typeof value === 'string' ? scalar(lowerFirst(name), value, numbers) : value;
}

/** What most of EC2's calls answer, in a record. @param response the answer's XML, within its root */
export function responseInItems(response: unknown): object | null {
  if (!isObject(response)) return null;
  const { return: done, ...others } = response;
  return {
    ...(answered('', others) as object),
    ...(done !== undefined && { _return: scalar('return', String(done), numbers) }),
  };
}

function answered(name: string, value: unknown): unknown {
  if (!isObject(value)) return typeof value === 'string' ? scalar(name, value, numbers) : value;
  const { item } = value;
  if (item !== undefined && Object.keys(value).length === 1) {
    return { items: [item].flat().map((one) => answered(name, one)) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, answered(key, inner)]));
}

/** The same in EC2's newer form. */
export function responseWrapped(response: unknown): object | null {
  const namespace = 'http://ec2.amazonaws.com/doc/2016-11-15/';
  return isObject(response) ? { xmlns: namespace, ...(answered('', response) as object) } : null;
}
