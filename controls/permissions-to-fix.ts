import type { Permission } from '../core/permission';
import { lookUpChanges } from '../resources/kit/look-up-changes';
import { factsOf } from '../resources/resource-types';
import type { ControlFacts } from './control';

/**
 * What fixing and undoing take: reading the resource before each write and after it, and the control's own writes. Who changed it
 * last is looked up only while a plan is made, with the role that reads.
 */
export function permissionsToFix({ resourceType, fixPermissions }: ControlFacts): Permission[] {
  const { readPermissions } = factsOf(resourceType);
  return [...readPermissions.filter((permission) => permission !== lookUpChanges), ...fixPermissions];
}
