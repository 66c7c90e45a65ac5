import { ResourceInputError } from '../../core/errors';
import { either, type Fields, fieldsOf, optionalTextOf } from './input';

/**
 * Reads the frame of a configuration item, in any form: an object as a rule receives it, or one whose parts are JSON
 * text as GetResourceConfigHistory and advanced queries return it.
 * @throws ResourceInputError when it is no item, one of another resource type, or of a deleted resource.
 */
export function readConfigurationItem(item: unknown, resourceType: string): Fields {
  const fields = fieldsOf(item, 'The configuration item');
  const type = optionalTextOf(either(fields.ResourceType, fields.resourceType), 'resourceType');
  if (type !== undefined && type !== resourceType) {
    throw new ResourceInputError(`resourceType should be ${resourceType}, and is ${type}.`);
  }
  const status = optionalTextOf(
    either(fields.ConfigurationItemStatus, fields.configurationItemStatus),
    'configurationItemStatus',
  );
  if (status?.startsWith('ResourceDeleted')) {
    throw new ResourceInputError(
      'The configuration item is of a deleted resource, so it holds no configuration.',
    );
  }
  return fields;
}
