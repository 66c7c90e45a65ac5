import type { ControlFacts } from '../controls/control';
import { verdictCodeDigest } from './bundle';

/** The digest of the code that decides each control's verdicts, by control id: of the code as it is now. */
export function verdictCodeOf(controls: readonly ControlFacts[]): Record<string, string> {
  return Object.fromEntries(controls.map((control) => [control.id, verdictCodeDigest(control)]));
}
