import type { Quirks } from '../service';
import { EventHistory } from './event-history';

/** moto keeps no event history. */
export const quirks: Quirks = {
  standIn({ now, trailOf }) {
    const history = new EventHistory(now, trailOf);
    return {
      operations: ['LookupEvents'],
      answer: async (call) => history.answer(call),
      heard: (call, answer) => history.note(call, answer),
    };
  },
};
