import type { Json, JsonObject } from '../../core/json';
import { UnsupportedError } from '../failures';
import { TemplateError } from './errors';
import { splitAttribute, substitutionParts } from './substitution';

/** What the names in a template stand for. */
export interface Names {
  /** A parameter, a pseudo parameter or a resource; undefined for `AWS::NoValue`. Waits for a resource's creation. */
  ref(name: string): Promise<Json | undefined>;
  /** An attribute of a resource. Waits for its creation. */
  attribute(logicalId: string, attribute: string): Promise<Json>;
  condition(name: string): Promise<boolean>;
  mapping(map: string, topLevelKey: string, secondLevelKey: string): Json;
}

type Intrinsic = (argument: Json, names: Names) => Promise<Json | undefined>;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const intrinsics: Record<string, Intrinsic> = {
  Ref: (name, names) => names.ref(text(name, 'Ref')),
  'Fn::GetAtt': (argument, names) => {
    const { logicalId, attribute } = attributeReference(argument);
    return names.attribute(logicalId, attribute);
  },
  'Fn::Join': async (argument, names) => {
    const [delimiter, values] = await resolveTuple(argument, names, 'Fn::Join', 2);
    return list(values, 'Fn::Join')
      .map((value) => text(value, 'Fn::Join'))
      .join(text(delimiter, 'Fn::Join'));
  },
  'Fn::Split': async (argument, names) => {
    const [delimiter, source] = await resolveTuple(argument, names, 'Fn::Split', 2);
    return text(source, 'Fn::Split').split(text(delimiter, 'Fn::Split'));
  },
  'Fn::Select': async (argument, names) => {
    const [index, values] = await resolveTuple(argument, names, 'Fn::Select', 2);
    const value = list(values, 'Fn::Select')[Number(index)];
    if (value === undefined) throw new TemplateError(`Fn::Select: there is no value at index ${index}.`);
    return value;
  },
  'Fn::Base64': async (argument, names) =>
    Buffer.from(text(await resolve(argument, names), 'Fn::Base64')).toString('base64'),
  'Fn::FindInMap': async (argument, names) => {
    const keys = await resolveTuple(argument, names, 'Fn::FindInMap', 3);
    const [map, topLevelKey, secondLevelKey] = keys.map((key) => text(key, 'Fn::FindInMap'));
    return names.mapping(map ?? '', topLevelKey ?? '', secondLevelKey ?? '');
  },
  'Fn::If': async (argument, names) => {
    const [condition, whenTrue, whenFalse] = list(argument, 'Fn::If');
    if (whenTrue === undefined || whenFalse === undefined) {
      throw new TemplateError('Fn::If takes a condition and two values.');
    }
    return resolve((await names.condition(text(condition, 'Fn::If'))) ? whenTrue : whenFalse, names);
  },
  'Fn::Sub': substitute,
};

/**
 * Works a template value out: intrinsic functions are replaced by what they stand for, at any depth. Everything in a
 * list or an object is worked out at once, so that whatever does not wait for another runs side by side.
 *
 * @returns undefined for `AWS::NoValue`; inside lists and objects such entries are left out.
 * @throws UnsupportedError for an intrinsic function that the sandbox does not know.
 * @throws TemplateError for one whose argument makes no sense.
 */
export async function resolve(value: Json, names: Names): Promise<Json | undefined> {
  if (Array.isArray(value)) {
    const items = await Promise.all(value.map((item) => resolve(item, names)));
    return items.filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const call = intrinsicCall(value);
  if (call) {
    const intrinsic = intrinsics[call.name];
    if (!intrinsic) throw new UnsupportedError(`The sandbox does not support the intrinsic ${call.name}.`);
    return intrinsic(call.argument, names);
  }
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, item]) => [key, await resolve(item, names)] as const),
  );
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** The intrinsic function that an object stands for, known or not; undefined for an ordinary object. */
export function intrinsicCall(value: JsonObject): { name: string; argument: Json } | undefined {
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

/** The resource and attribute that an `Fn::GetAtt` names, in either of its forms. */
export function attributeReference(argument: Json): { logicalId: string; attribute: string } {
  const { logicalId, attribute } = Array.isArray(argument)
    ? { logicalId: argument[0], attribute: argument[1] }
    : splitAttribute(text(argument, 'Fn::GetAtt'));
  return { logicalId: text(logicalId, 'Fn::GetAtt'), attribute: text(attribute, 'Fn::GetAtt') };
}

/** The text and the map of an `Fn::Sub`, in either of its forms. */
export function substitution(argument: Json): { template: string; variables: JsonObject } {
  const [template, variables] = Array.isArray(argument) ? argument : [argument];
  return { template: text(template, 'Fn::Sub'), variables: isObject(variables) ? variables : {} };
}

async function substitute(argument: Json, names: Names): Promise<string> {
  const { template, variables } = substitution(argument);
  const pieces = substitutionParts(template).map(async (part) => {
    if ('text' in part) return part.text;
    const variable = variables[part.name];
    if (variable !== undefined) return text(await resolve(variable, names), 'Fn::Sub');
    const { logicalId, attribute } = splitAttribute(part.name);
    const value = attribute ? names.attribute(logicalId, attribute) : names.ref(logicalId);
    return text(await value, 'Fn::Sub');
  });
  return (await Promise.all(pieces)).join('');
}

async function resolveTuple(
  argument: Json,
  names: Names,
  intrinsic: string,
  length: number,
): Promise<Json[]> {
  const values = list(await resolve(argument, names), intrinsic);
  if (values.length === length) return values;
  throw new TemplateError(`${intrinsic} takes ${length} arguments, not ${values.length}.`);
}

/** Whether a value is a JSON object, not a list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: Json | undefined, intrinsic: string): Json[] {
  if (Array.isArray(value)) return value;
  throw new TemplateError(`${intrinsic} takes a list where it was given ${JSON.stringify(value)}.`);
}

function text(value: Json | undefined, intrinsic: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${intrinsic} takes text where it was given ${JSON.stringify(value)}.`);
}
