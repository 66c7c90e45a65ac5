import { type Fields, isFields } from './input';

/**
 * Whether a configuration item has the frame in which a rule receives it, and is of an existing resource of a type: nothing of
 * it has to be decoded first, and its keys are AWS Config's.
 */
export function isPlainItem(item: unknown, resourceType: string): item is Fields {
  return (
    isFields(item) &&
    item.resourceType === resourceType &&
    typeof item.configurationItemStatus === 'string' &&
    !item.configurationItemStatus.startsWith('ResourceDeleted') &&
    // As AWS's API writes the keys that the models read; they would come first.
    item.Configuration === undefined &&
    item.SupplementaryConfiguration === undefined &&
    item.ConfigurationItemStatus === undefined &&
    item.Relationships === undefined &&
    item.ResourceId === undefined &&
    item.ResourceName === undefined &&
    item.ResourceType === undefined
  );
}

/** Whether a field is left out, or null. */
export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** Whether a field is text, or absent. */
export function isOptionalText(value: unknown): boolean {
  return isAbsent(value) || typeof value === 'string';
}
