import type { Control } from '../../../controls/control';
import { configRuleName } from '../../../core/names';
import type { ExpectedRule } from './facts';

/**
 * The rules that controls have in every watched account and Region. Pure.
 * @param verdictCode the digest of the code that decides, by control id
 */
export function expectedRules(
  controls: readonly Control[],
  verdictCode: Readonly<Record<string, string>>,
): ExpectedRule[] {
  return controls.map((control) => {
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
