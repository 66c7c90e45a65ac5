import { utc } from '../core/utc';
import { stopFor, stopReason } from '../ledger/limits/stop';
import { waitsForFreeze, waitsForName, waitsForNames, waitsForStop } from '../ledger/limits/waits-for';
import { isUnreadable } from './facts';
import { isRenamed, missingNamesReason } from './names-seen';
import type { Question } from './question';
import { recorded } from './question';
import { brieflyHeld } from './verdict';

/** What stops every fix in an account: the switch, a freeze, names that mean nothing. What cannot be read means stop. */
export const stopQuestions: readonly Question[] = [
  {
    name: 'stop',
    ask({ stops, ruling, now }) {
      if (stops === undefined) return { needs: 'stops' };
      if (isUnreadable(stops)) {
        return recorded(brieflyHeld(`The stop switch cannot be read: ${stops.unreadable}`, 'stop', now));
      }
      const stop = stopFor(stops, ruling.place, now);
      if (!stop) return { answer: 'Nothing is paused there.' };
      const reason = stopReason(stop);
      return recorded(
        { state: 'held', heldBy: 'stop', waitsFor: waitsForStop(stop.scope), reason },
        `${reason}, since ${utc(stop.at)}`,
      );
    },
  },
  {
    name: 'freeze',
    ask({ ruling: { freeze } }) {
      if (!freeze) return { answer: 'No freeze of the policy holds there now.' };
      const { id, reason, source, to } = freeze;
      return recorded({
        state: 'held',
        heldBy: 'freeze',
        waitsFor: waitsForFreeze(id),
        reason: `A freeze of the policy holds until ${utc(to)} (${source}): ${reason}`,
      });
    },
  },
  {
    name: 'names',
    ask({ names, ruling: { place }, now }) {
      if (names === undefined) return { needs: 'names' };
      if (isUnreadable(names)) {
        const reason = `It cannot be told whether what the policy names exists: ${names.unreadable}`;
        return recorded(brieflyHeld(reason, 'names', now));
      }
      const { unresolved, lost } = names;
      if (unresolved.length > 0) {
        const reason = missingNamesReason(unresolved);
        return recorded({ state: 'held', heldBy: 'names', waitsFor: waitsForNames, reason });
      }
      const own = lost.find((name) => isRenamed(name) && place.includes(name.id));
      if (!own) return { answer: 'The organization has all that the policy names.' };
      return recorded({
        state: 'held',
        heldBy: 'names',
        waitsFor: waitsForName(own.id),
        reason: `The policy means ${own.id} by ${own.key} (${own.source}), and it is not named so any more. Nothing is fixed there until the policy is corrected and deployed.`,
      });
    },
  },
];
