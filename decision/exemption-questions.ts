import { exemptUntilTag } from '../core/exempt-tag';
import { utc } from '../core/utc';
import { holds, type UndoExemption } from '../ledger/findings/undo-exemption';
import type { Facts } from './facts';
import type { Question } from './question';
import { recorded } from './question';
import { tagExemption } from './tag-exemption';
import type { ExemptVerdict } from './verdict';

/** What may exempt a resource, whatever the flag: an order, the policy, a tag. */
export const exemptionQuestions: readonly Question[] = [
  {
    name: 'undo',
    ask({ undone, now }) {
      if (undone === undefined) return { needs: 'undone' };
      if (undone === 'none') return { answer: 'No fix of it was undone.' };
      const { by, until, exempted } = undone;
      if (holds(undone, now)) return recorded(orderedVerdict(undone));
      const what = exempted ? 'It was exempted by' : 'A fix was undone by';
      return { answer: `${what} ${by}, until ${utc(until)}, which is over.` };
    },
  },
  {
    name: 'exemption',
    ask({ ruling }) {
      return ruling.exempt ? recorded(ruling.exempt) : { answer: 'The policy does not exempt it.' };
    },
  },
  { name: 'tag', ask: askTag },
];

function askTag({ ruling, look, tagSeen, now }: Facts) {
  const { tagRule: rule } = ruling;
  if (!rule) return { answer: 'Tags exempt nothing there.' };
  // A look that failed has seen no tags, nor that there are none.
  if (look?.outcome !== 'planned' && look?.outcome !== 'refused') return { answer: 'No tags were seen.' };
  if (tagSeen === undefined) return { needs: 'tagSeen' as const };
  const { exemptUntil: value } = look;
  if (value === undefined) return { answer: `It has no tag ${exemptUntilTag}, as far as is known.` };
  const firstSeen = tagSeen === 'none' ? now : tagSeen;
  const tagged = tagExemption({ value, rule, firstSeen, now });
  if (!tagged || 'ignored' in tagged) return { answer: tagged?.ignored ?? '' };
  return recorded({ state: 'exempt', reason: tagged.reason, lookAgainAt: tagged.until.toISOString() });
}

/** The verdict while somebody's order keeps a resource from being fixed: an undo, or an exemption by itself. */
export function orderedVerdict({ by, reason, until, writtenAt: at, exempted }: UndoExemption): ExemptVerdict {
  if (exempted) {
    const text = `Exempted by ${by}: ${reason} It is not fixed before ${utc(until)}.`;
    return {
      state: 'exempt',
      reason: text,
      lookAgainAt: until,
      ordered: { what: 'exempted', by, at, reason, until },
    };
  }
  return {
    state: 'undone',
    reason: `The fix was undone by ${by}: ${reason} It is not fixed again before ${utc(until)}.`,
    lookAgainAt: until,
    ordered: { what: 'undone', by, at, reason, until },
  };
}
