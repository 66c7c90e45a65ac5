import { unknownValues } from '../../gateway/authorization/context';

/** Values of `dynamodb:LeadingKeys`; `unknownValues` where the sandbox cannot tell them. */
export type LeadingKeys = string[] | typeof unknownValues;

/**
 * The partition keys of items, or of the keys of items.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 * @param partitionKey name of the attribute; undefined when nobody knows it
 */
export function leadingKeysOf(partitionKey: string | undefined, items: readonly unknown[]): LeadingKeys {
  if (partitionKey === undefined) return unknownValues;
  return allKnown(items.map((item) => textOf(property(item, partitionKey))));
}

/**
 * The partition key that a Query names, in `KeyConditionExpression` or in the older `KeyConditions`. Every comparison of it
 * counts, also where DynamoDB would take one only.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html
 * @param partitionKey name of the attribute, the index's where an index is asked; undefined when nobody knows it
 */
export function leadingKeysOfQuery(
  partitionKey: string | undefined,
  parameters: Readonly<Record<string, unknown>>,
): LeadingKeys {
  if (partitionKey === undefined) return unknownValues;
  const { KeyConditionExpression: expression, KeyConditions: conditions } = parameters;
  const values =
    typeof expression === 'string'
      ? comparedValues(expression, partitionKey, parameters)
      : listOf(property(property(conditions, partitionKey), 'AttributeValueList'));
  return values.length === 0 ? unknownValues : allKnown(values.map(textOf));
}

/** The values that an expression compares the attribute with: `#name = :value`, `name = :value`. */
function comparedValues(
  expression: string,
  attribute: string,
  { ExpressionAttributeNames: names, ExpressionAttributeValues: values }: Readonly<Record<string, unknown>>,
): unknown[] {
  return [...expression.matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)].flatMap(([, name = '', placeholder = '']) => {
    const compared = name.startsWith('#') ? property(names, name) : name;
    return compared === attribute ? [property(values, placeholder)] : [];
  });
}

/** A string or a number as the policy compares it; undefined for anything else. */
function textOf(value: unknown): string | undefined {
  const text = property(value, 'S') ?? property(value, 'N');
  return typeof text === 'string' ? text : undefined;
}

function allKnown(values: readonly (string | undefined)[]): LeadingKeys {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : unknownValues;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
