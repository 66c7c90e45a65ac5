import { resourceTypesUnderFaults } from '../faults/resource-types/registry';
import type { ResourceType } from '../faults/resource-types/resource-type';

/** How a resource type goes through the faults; found by its adapter, which a type has before it has anything else. */
export function underFaultsOf(name: string): ResourceType[] {
  return resourceTypesUnderFaults.filter(({ adapter }) => adapter?.resourceType === name);
}
