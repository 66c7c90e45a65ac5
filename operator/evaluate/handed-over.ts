import { type Fields, isFields } from '../../resources/kit/input';
import { resources } from '../../resources/registry';

/** One thing out of an input: a resource in some form, or something about which there is only an error to tell. */
export type HandedOver =
  | {
      value: unknown;
      /** Whether it came with others, which may be of other types. */
      among: boolean;
    }
  | { resource: string | null; error: string };

/** What the aws command line prints, and AWS Config delivers, by the key that holds the resources. */
const lists: readonly string[] = [
  ...Object.values(resources).flatMap(({ apiList }) => apiList ?? []),
  // get-resource-config-history, and the files that AWS Config delivers
  'configurationItems',
  // batch-get-resource-config; batch-get-aggregate-resource-config begins its keys with a capital
  'baseConfigurationItems',
  'BaseConfigurationItems',
  // select-resource-config and select-aggregate-resource-config: each element is JSON text
  'Results',
];

/** Keys under which AWS Config names what it did not answer for. */
const unanswered = ['unprocessedResourceKeys', 'UnprocessedResourceIdentifiers'];

/**
 * The resources of an input, in its order: of what the aws command line prints, of AWS Config's files, of a list of any
 * of these, and of JSON text in place of any of these. It takes no stack, so that nothing is nested too deeply for it.
 * https://docs.aws.amazon.com/cli/latest/reference/configservice/
 * @param among whether it came with others
 */
export function* handedOver(input: unknown, among = false): Generator<HandedOver> {
  const waiting: HandedOver[] = [{ value: input, among }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const inner = 'error' in next ? undefined : innerOf(next);
    if (inner === undefined) yield next;
    else for (let index = inner.length - 1; index >= 0; index--) waiting.push(inner[index] as HandedOver);
  }
}

/** Whether a value is an object that holds no further resources: `handedOver` gives back nothing but it. */
export function isOneResource(value: unknown): value is Fields {
  return isFields(value) && !isFields(value.ConfigurationItem) && listIn(value) === undefined;
}

function listIn(value: Fields): string | undefined {
  return lists.find((name) => Object.hasOwn(value, name));
}

/** What a value holds; undefined where it is a resource itself, or nothing that is known. */
function innerOf({ value, among }: { value: unknown; among: boolean }): HandedOver[] | undefined {
  if (typeof value === 'string') {
    const read = readJson(value);
    return read === undefined ? undefined : [{ value: read.value, among }];
  }
  if (Array.isArray(value)) return allOf(value);
  if (!isFields(value)) return undefined;
  if (isFields(value.ConfigurationItem)) return [{ value: value.ConfigurationItem, among }];
  const key = listIn(value);
  if (key === undefined) return undefined;
  const list = value[key];
  if (!Array.isArray(list))
    return [{ resource: null, error: `${key} should be a list of resources, and is none.` }];
  return [...allOf(list), ...unanswered.flatMap((name) => missing(value[name]))];
}

function allOf(list: readonly unknown[]): HandedOver[] {
  return list.map((value) => ({ value, among: true }));
}

function missing(keys: unknown): HandedOver[] {
  if (!Array.isArray(keys)) return [];
  return keys.map((key: unknown) => {
    const id = isFields(key) ? (key.resourceId ?? key.ResourceId) : undefined;
    return {
      resource: typeof id === 'string' ? id : null,
      error: 'AWS Config did not answer for this resource. Ask it again.',
    };
  });
}

/** Text that holds an object, a list or text in quotes. */
function readJson(text: string): { value: unknown } | undefined {
  if (!/^\s*[[{"]/.test(text)) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
