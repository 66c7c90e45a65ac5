import { patrolMilliseconds } from '../ledger/coverage/watched-places';
import { waitsForThaw } from '../ledger/limits/waits-for';
import { approvedAt } from './approval';
import { isMissed, isOfFirstPatrol } from './past';
import type { Question } from './question';
import { recorded } from './question';
import { ruledDigest } from './ruled';

const frozenReason =
  'It was there before Staunch could fix it, so it is backlog: it waits until it is known how much of that there is. Little of it is fixed by itself, much of it once a person thaws the list.';

/** Whether a fix is backlog, which is not made before it is known how much of it there is. */
export const backlogQuestion: Question = {
  name: 'backlog',
  ask(facts) {
    const { past, writes, now, watch, policy } = facts;
    if (approvedAt(facts) !== undefined)
      return { answer: 'A person approved this fix, so it is no backlog.' };
    if (writes.length > 0) return { answer: 'Its fix was begun before, so it is no backlog.' };
    if (past?.standing === 'cleared') {
      return { answer: 'It is no backlog, or was released from it.' };
    }
    if (past?.standing === 'backlog') return frozen(facts.ruling.place[0], 'It is backlog.');
    if (past?.standing === 'left-alone') {
      if (past.ruled === ruledDigest(facts.ruling, policy)) {
        return { answer: 'The policy says of it what it said before, so it is no backlog.' };
      }
      return frozen(
        facts.ruling.place[0],
        'It is backlog: the policy left it alone when it was seen before.',
      );
    }
    if (past && isMissed(past, now)) {
      return frozen(facts.ruling.place[0], 'It is backlog: for over an hour nobody could decide on it.');
    }
    if (watch === undefined) return { needs: 'watch' };
    const seen = past ?? { receivedAt: now.toISOString() };
    if (isOfFirstPatrol(seen, watch, patrolMilliseconds(policy))) {
      return frozen(
        facts.ruling.place[0],
        'It is backlog: it was seen before the first patrol there was over.',
      );
    }
    return { answer: 'It was found as it arose, so it is no backlog.' };
  },
};

function frozen(accountId = '', answer: string) {
  return recorded(
    { state: 'held', heldBy: 'frozen', waitsFor: waitsForThaw(accountId), reason: frozenReason },
    answer,
  );
}
