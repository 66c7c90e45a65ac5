import { maximumTries } from '../ledger/transitions/maximum-tries';
import type { Question } from './question';
import { recorded } from './question';

/** Whether work on the finding stopped half-way so often that it is not begun again. */
export const triesQuestion: Question = {
  name: 'tries',
  ask({ tries = 1 }) {
    if (tries <= maximumTries) return { answer: 'Work on it has not stopped half-way too often.' };
    const reason = `The work on this finding stopped half-way ${tries - 1} times. See the coordinator's log.`;
    return recorded({ state: 'given-up', reason });
  },
};
