import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../core/json';
import { UnsupportedError } from '../failures';
import { TemplateError } from './errors';
import { isObject, type Names, resolve } from './resolve';

/**
 * Works out a template's conditions.
 *
 * @param conditions The template's `Conditions`.
 * @param names Parameters, pseudo parameters and mappings; a condition cannot refer to a resource.
 * @throws UnsupportedError for a condition function that the sandbox does not know.
 * @throws TemplateError for a condition that does not exist, or that refers to itself.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html
 */
export async function evaluateConditions(
  conditions: Record<string, Json>,
  names: Omit<Names, 'condition'>,
): Promise<ReadonlyMap<string, boolean>> {
  const evaluated = new Map<string, boolean>();
  const named = async (name: string, path: readonly string[]): Promise<boolean> => {
    const known = evaluated.get(name);
    if (known !== undefined) return known;
    const expression = conditions[name];
    if (expression === undefined) throw new TemplateError(`There is no condition ${name}.`);
    if (path.includes(name)) {
      throw new TemplateError(`Conditions refer to each other in a circle: ${[...path, name].join(' → ')}.`);
    }
    const within = (other: string) => named(other, [...path, name]);
    const value = await evaluate(expression, { ...names, condition: within });
    evaluated.set(name, value);
    return value;
  };
  for (const name of Object.keys(conditions)) await named(name, []);
  return evaluated;
}

async function evaluate(expression: Json, names: Names): Promise<boolean> {
  const [entry, ...others] = isObject(expression) ? Object.entries(expression) : [];
  if (!entry || others.length > 0) throw new TemplateError(`${JSON.stringify(expression)} is no condition.`);
  const [name, argument] = entry;
  if (name === 'Condition') return names.condition(String(argument));
  const operands = Array.isArray(argument) ? argument : [argument];
  switch (name) {
    case 'Fn::Equals': {
      const [left, right] = await Promise.all(operands.map((operand) => resolve(operand, names)));
      return isDeepStrictEqual(comparable(left), comparable(right));
    }
    case 'Fn::Not':
      return !(await evaluate(operands[0] ?? null, names));
    case 'Fn::And':
      return (await Promise.all(operands.map((operand) => evaluate(operand, names)))).every(Boolean);
    case 'Fn::Or':
      return (await Promise.all(operands.map((operand) => evaluate(operand, names)))).some(Boolean);
    default:
      throw new UnsupportedError(`The sandbox does not support the condition function ${name}.`);
  }
}

/** CloudFormation compares text: `true` equals `"true"`. */
function comparable(value: Json | undefined): Json | undefined {
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : value;
}
