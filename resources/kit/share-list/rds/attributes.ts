import { either, fieldsOf, listOf, notUnderstood, textOf } from '../../input';
import type { ShareList } from '../shared-resource';

/** The attribute whose values may restore a snapshot, and copy it. */
export const shareAttribute = 'restore';

/** The value that means every AWS account. */
export const everybodysValue = 'all';

/**
 * Reads the attributes of a snapshot, as RDS and AWS Config write them. The values of `restore` are ids of accounts, or `all`; where
 * there is no such attribute, nobody else may restore it.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBSnapshotAttribute.html
 * @throws ResourceInputError when they cannot be understood
 */
export function shareOfAttributes(attributes: unknown, where: string): ShareList {
  const values = new Set<string>();
  listOf(attributes, where).forEach((attribute, index) => {
    const path = `${where}[${index}]`;
    const fields = fieldsOf(attribute, path);
    const name = textOf(either(fields.AttributeName, fields.attributeName), `${path}.AttributeName`);
    const listed = listOf(either(fields.AttributeValues, fields.attributeValues), `${path}.AttributeValues`);
    if (name !== shareAttribute) {
      // What another attribute gives to everybody is not known here.
      if (listed.some((value) => String(value).toLowerCase() === everybodysValue)) {
        throw notUnderstood(`${path}.AttributeName`, shareAttribute, name);
      }
      return;
    }
    for (const [at, value] of listed.entries()) values.add(valueIn(value, `${path}.AttributeValues[${at}]`));
  });
  return {
    everybody: values.has(everybodysValue),
    accounts: [...values].filter((value) => value !== everybodysValue),
    organizations: [],
  };
}

/** Whether a value of the share list is an account's id. */
export function isAccountValue(value: unknown): boolean {
  return typeof value === 'string' && /^\d{12}$/.test(value);
}

function valueIn(value: unknown, where: string): string {
  const text = textOf(value, where);
  if (text === everybodysValue || isAccountValue(text)) return text;
  // Whoever another value lets in is not known here.
  throw notUnderstood(where, `an account's id or ${everybodysValue}`, text);
}
