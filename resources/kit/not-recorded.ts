import { ResourceInputError } from '../../core/errors';
import type { ConfigurationItems } from './resource-type';

/**
 * The items of a type that AWS Config does not record, or of which it does not record what decides: what is handed over as one is
 * refused.
 * @param what what AWS Config does not record
 */
export function notRecorded(what: string): ConfigurationItems<never> {
  return {
    fromConfigurationItem() {
      throw new ResourceInputError(
        `AWS Config does not record ${what}, so that no item says it: hand over what AWS's API answers.`,
      );
    },
    relevantChanges: [],
  };
}
