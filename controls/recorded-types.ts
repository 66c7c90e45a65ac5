import { factsOf } from '../resources/resource-types';
import type { ControlFacts } from './control';

/** The types that AWS Config has to record for the rules of controls: their own, and the settings of the account that decide with them. */
export function recordedTypesOf(controls: readonly ControlFacts[]): string[] {
  const types = controls.flatMap(({ resourceType, accountSetting }) => {
    if (!factsOf(resourceType).isRecorded) return [];
    return accountSetting === undefined ? [resourceType] : [resourceType, accountSetting];
  });
  return [...new Set(types)].sort();
}
