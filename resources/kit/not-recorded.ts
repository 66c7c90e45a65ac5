import { ResourceInputError } from '../../core/errors';
import type { ConfigurationItems } from './resource-type';

/**
 * The items of a type that AWS Config does not record, or records without what decides: what is handed over as one is refused.
 * @param unrecorded the type, or what of it no item holds, for people
 */
export function notRecorded(unrecorded: string): ConfigurationItems<never> {
  return {
    fromConfigurationItem() {
      throw new ResourceInputError(
        `AWS Config does not record ${unrecorded}, so that no item tells of it: hand over what AWS's API answers.`,
      );
    },
    relevantChanges: [],
  };
}
