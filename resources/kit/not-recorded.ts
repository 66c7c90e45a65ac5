import { ResourceInputError } from '../../core/errors';
import type { ConfigurationItems } from './resource-type';

/** The items of a type that AWS Config does not record: there are none, and what is handed over as one is refused. */
export function notRecorded(resourceType: string): ConfigurationItems<never> {
  return {
    fromConfigurationItem() {
      throw new ResourceInputError(
        `AWS Config does not record ${resourceType}, so that this is no item of it: hand over what AWS's API answers.`,
      );
    },
    relevantChanges: [],
  };
}
