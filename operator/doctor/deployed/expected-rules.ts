import type { Control } from '../../../controls/control';
import { configRuleName } from '../../../core/names';
import { factsOf } from '../../../resources/resource-types';
import type { ExpectedRule } from './facts';

/**
 * The rules that controls have in every watched account and Region: none is about a type that AWS Config does not record. Pure.
 * @param verdictCode the digest of the code that decides, by control id
 */
export function expectedRules(
  controls: readonly Control[],
  verdictCode: Readonly<Record<string, string>>,
): ExpectedRule[] {
  const ruled = controls.filter(
    (control) => control.kind === 'managed' || factsOf(control.resourceType).isRecorded,
  );
  return ruled.map((control) => {
    const code = verdictCode[control.id];
    return {
      name: configRuleName(control.id),
      homeOnly: control.kind === 'managed' && control.regions === 'home',
      // Of AWS's managed rules here each is evaluated by time.
      isPeriodic: control.kind === 'managed',
      ...(code !== undefined && { code }),
    };
  });
}
