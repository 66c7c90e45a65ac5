import { isDeepStrictEqual } from 'node:util';
import { utc } from '../core/utc';
import type { LimitReached } from '../ledger/limits/fix-log';
import { waitsForAccount, waitsForLimit } from '../ledger/limits/waits-for';
import { approvedAt } from './approval';
import { type Facts, isUnreadable } from './facts';
import type { FindingRuling } from './finding-ruling';
import { fixesOfTheDay, nextFixAt } from './growing-pause';
import type { Question, Reply } from './question';
import { recorded } from './question';
import { brieflyHeld, type Verdict } from './verdict';

/** What holds one fix: that the danger was put back again and again, its account's role. */
export const paceQuestions: readonly Question[] = [
  { name: 'pause', ask: askPause },
  {
    name: 'reach',
    ask({ refusal, ruling: { place } }) {
      if (refusal === undefined) return { needs: 'refusal' };
      if (refusal === 'none') return { answer: 'Nothing says that the account cannot be reached.' };
      const { reason, errorCode } = refusal;
      const waitsFor = waitsForAccount(place[0] ?? '', 'remediation');
      return recorded({ state: 'held', heldBy: 'account', waitsFor, reason, errorCode });
    },
  },
];

/** Whether the limits allow one more fix. */
export const limitQuestion: Question = {
  name: 'limit',
  ask({ limit, ruling: { place }, policy, now }) {
    if (limit === undefined) return { needs: 'limit' };
    if (limit === 'none') {
      const { fixesPerHour: an, failuresPerHour } = policy.limits;
      return {
        answer: `Every limit allows one more fix: ${an.account} an hour in the account, ${an.organization} in the organization, as long as fewer than ${failuresPerHour} an hour fail there.`,
      };
    }
    if (isUnreadable(limit)) return recorded(brieflyHeld(limit.unreadable, 'limit', now));
    return recorded(limitVerdict(place[0] ?? '', limit));
  },
};

/** Whether the policy still says the same where the account lies right before the fix. */
export const moveQuestion: Question = {
  name: 'move',
  ask({ freshRuling, ruling, now }) {
    if (freshRuling === undefined) return { needs: 'freshRuling' };
    if (isUnreadable(freshRuling)) return recorded(brieflyHeld(freshRuling.unreadable, 'names', now));
    if ('unknownAccount' in freshRuling) {
      return recorded({ state: 'gone', reason: freshRuling.unknownAccount });
    }
    if (isSameRuling(freshRuling, ruling)) return { answer: 'The policy still says the same of it.' };
    return {
      answer: 'The policy says something else of it by now: it is decided anew.',
      course: { do: 'ask-anew', ruling: freshRuling },
    };
  },
};

function askPause(facts: Facts): Reply {
  const { earlierWrites, writes, now } = facts;
  const approved = approvedAt(facts);
  // The first write after a person approved it waits for no pause.
  if (approved !== undefined && !writes.some((at) => at > approved)) {
    return { answer: 'It was approved since it was changed last, so no growing pause holds it.' };
  }
  if (!earlierWrites) return { needs: 'earlierWrites' };
  const fixes = [...writes, ...earlierWrites].map((at) => new Date(at));
  const { length: count } = fixesOfTheDay({ fixes, now });
  const next = nextFixAt({ fixes, now });
  if (!next) return { answer: `It was ${timesOf(count)} within a day, so no growing pause holds it.` };
  return recorded({
    state: 'held',
    heldBy: 'conflict',
    lookAgainAt: next.toISOString(),
    reason: `It was ${timesOf(count)} within a day, and is dangerous again: a person or a tool puts the danger back. The next fix is made at ${utc(next)}.`,
  });
}

function timesOf(count: number): string {
  if (count === 0) return 'not changed';
  return count === 1 ? 'changed once' : `changed ${count} times`;
}

function limitVerdict(accountId: string, reached: LimitReached): Verdict {
  const { scope, limit, freeAt } = reached;
  const who = limitedScope(accountId, reached);
  const reason =
    scope.kind === 'failures'
      ? `${limit} fixes in ${who} failed within an hour. The next one is tried at ${utc(freeAt)}.`
      : `The policy allows ${limit} fixes an hour for ${who}, and they are made. The next one is allowed at ${utc(freeAt)}.`;
  return { state: 'held', heldBy: 'limit', waitsFor: waitsForLimit(scope), reason };
}

/** Whose limit it is, within a sentence. */
export function limitedScope(accountId: string, { scope }: LimitReached): string {
  return scope.kind === 'organization' ? 'the organization' : `account ${accountId}`;
}

/** Times only move on. */
function isSameRuling(one: FindingRuling, other: FindingRuling): boolean {
  const said = ({ flag, parameters, place, exempt, tagRule, freeze }: FindingRuling) => ({
    flag,
    parameters,
    place,
    exempt,
    tagRule,
    freeze,
  });
  return isDeepStrictEqual(said(one), said(other));
}
