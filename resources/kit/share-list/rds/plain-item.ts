import { isFields, isText } from '../../input';
import { isOptionalText, isPlainItem } from '../../plain-item';
import { everybodysValue, isAccountValue, shareAttribute } from './attributes';
import type { SnapshotNames } from './snapshot-names';

/**
 * Whether everybody may restore the snapshot of a configuration item in the form in which a rule receives it.
 * @returns undefined where it takes the model to tell: the item has another form, or an attribute that nobody knows
 */
export function isForEverybody(item: unknown, { type, list }: SnapshotNames): boolean | undefined {
  if (!isPlainItem(item, type) || !isText(item.resourceId)) return undefined;
  if (!isOptionalText(item.ARN) || !isOptionalText(item.arn)) return undefined;
  const { supplementaryConfiguration: supplement } = item;
  const attributes = isFields(supplement) ? supplement[list] : undefined;
  if (!Array.isArray(attributes)) return undefined;
  let isForAll = false;
  for (const attribute of attributes) {
    if (!isFields(attribute) || attribute.attributeName !== shareAttribute) return undefined;
    if ('AttributeName' in attribute || 'AttributeValues' in attribute) return undefined;
    const { attributeValues: values } = attribute;
    if (!Array.isArray(values)) return undefined;
    for (const value of values) {
      if (value === everybodysValue) isForAll = true;
      else if (!isAccountValue(value)) return undefined;
    }
  }
  return isForAll;
}
