import { utc } from '../../core/utc';
import type { CoverageGap, GapReason } from '../../ledger/coverage/coverage-gaps';

const reasons: Readonly<Record<GapReason, string>> = {
  closed: 'account closed or suspended',
  'first-patrol': 'first patrol still to come',
  never: 'never patrolled',
  late: 'last patrol is too old',
  role: 'a role cannot be assumed',
  scp: 'denied by an SCP',
  trail: 'trail is gone',
  problem: 'AWS refused or failed',
};

/** A gap in a few words: `denied by an SCP (Queue)`. Pure. */
export function gapText({ why, resourceTypes }: CoverageGap): string {
  const types = resourceTypes?.map((type) => type.slice(type.lastIndexOf(':') + 1)).join(', ');
  return types === undefined ? reasons[why] : `${reasons[why]} (${types})`;
}

/** AWS's words about a gap, with when they were said; undefined where it said nothing. Pure. */
export function gapWords({ words, at }: CoverageGap): string | undefined {
  if (words === undefined) return undefined;
  return at === undefined ? words : `${words} (${utc(at)})`;
}
