import { utc } from '../core/utc';
import { counts } from '../ledger/transitions/decide';
import { approvedAt, decisionOn, deniedVerdict } from './approval';
import type { Facts } from './facts';
import { unresolvedFlag } from './look-questions';
import type { Question, Reply } from './question';
import { recorded } from './question';
import { because, lossyReason, verdictOnResult } from './result-verdict';

/** What the policy and people allow: the flag, a decision, the approval that a flag or a loss asks for, the pause after a failure. */
export const flagQuestions: readonly Question[] = [
  { name: 'flag', ask: askFlag },
  {
    name: 'decision',
    ask(facts) {
      const { decision, now } = facts;
      if (!decision) return { answer: 'Nobody has decided about it.' };
      const { by, at, what } = decision;
      if (!counts(decision, now)) return { answer: `The approval of ${by} of ${utc(at)} has expired.` };
      if (!decisionOn(facts)) return { answer: `${by} ${what} another plan than what is seen now.` };
      return what === 'denied' ? recorded(deniedVerdict(decision)) : { answer: `${by} approved the plan.` };
    },
  },
  {
    name: 'approval',
    ask(facts) {
      if (facts.ruling.flag !== 'approval') return { answer: 'The flag asks for no approval.' };
      if (approvedAt(facts) !== undefined) return { answer: 'It is approved.' };
      return waiting(
        facts,
        'The flag of this account asks for approval.',
        `An operator has to approve the plan first, by ${facts.ruling.decidedBy}.`,
      );
    },
  },
  {
    name: 'loss',
    ask(facts) {
      const { look, policy } = facts;
      if (!look?.plan?.lossy) return { answer: 'The plan takes only the danger.' };
      if (policy.lossy === 'apply')
        return { answer: 'The plan is lossy, and the policy has such plans applied.' };
      if (approvedAt(facts) !== undefined) return { answer: 'The plan is lossy, and approved.' };
      return waiting(
        facts,
        lossyReason(look),
        `The plan is lossy: it also takes something harmless, so an operator has to approve it.`,
      );
    },
  },
  {
    name: 'retry',
    ask({ retry }) {
      if (!retry) return { answer: 'No pause after a failure holds it.' };
      const { at, reason, errorCode } = retry;
      return recorded(
        {
          state: 'failed',
          ...(reason !== undefined && { reason }),
          ...(errorCode !== undefined && { errorCode }),
        },
        `The last attempt failed. The next one is made at ${utc(at)}.`,
      );
    },
  },
];

function askFlag({ ruling, look }: Facts): Reply {
  const { flag, decidedBy } = ruling;
  if (look?.outcome === 'refused') {
    // Where nothing would be tried anyway, a fix that cannot be made is something to show, not a failure.
    return flag === 'off'
      ? recorded({ state: 'reported', ...because(look) }, `The flag is off, by ${decidedBy}.`)
      : recorded(verdictOnResult(look), 'No attempt can fix it.');
  }
  if (flag === undefined) {
    return recorded(unresolvedFlag(decidedBy), `It cannot be told what the policy says: ${decidedBy}`);
  }
  const answer = `The flag is ${flag}, by ${decidedBy}.`;
  return flag === 'off' ? recorded({ state: 'reported' }, answer) : { answer };
}

function waiting({ decision, now }: Facts, why: string, answer: string): Reply {
  const { by, at = '' } = decision ?? {};
  const expired = decision !== undefined && !counts(decision, now);
  const over = expired ? `The approval of ${by} of ${utc(at)} has expired. ` : '';
  return recorded({ state: 'waiting', reason: `${over}${why}` }, `${over}${answer}`);
}
