import { cut } from '../../core/cut';
import type { StateChange } from '../../core/finding-event';
import { fitting } from '../../core/fitting';
import { present } from '../../core/present';
import type { ReportedDecision } from '../../core/report';
import type { SettledState } from '../../core/states';
import type { RecordIn } from '../findings/record';
import { errorCodeOf, heldByOf } from '../findings/record-parts';
import type { ReportedNames } from './report';

/** So many bytes the violations, and the changes, of an event may each take. */
const mostBytes = 2_000;
const longestSentence = 300;
const longestReason = 500;

/**
 * So many events of one finding wait for the bus with all that they say, and so many in all. A finding seldom has more than one: only
 * while the bus takes nothing more of them come together. An item of the ledger has 400 kB, of which reports take most.
 */
const mostWhole = 3;
const mostWaiting = 300;

/**
 * A settled occurrence with the event of its change of state, which is written with the state. One that stays in its state has none. The
 * oldest of many that wait are shortened to what changed and when, so that none is lost.
 * @param decision the person's decision that counts, or led to the state
 */
export function announced(
  record: RecordIn<SettledState>,
  names: ReportedNames,
  decision: ReportedDecision | undefined,
): RecordIn<SettledState> {
  const { state, settledAs: previousState, stateChanges = 0, pendingEvents = [] } = record;
  if (state === previousState) return record;
  const sequence = stateChanges + 1;
  const change = changeOf({ ...record, stateChanges: sequence }, names, decision);
  const waiting = [...pendingEvents, change].slice(-mostWaiting);
  const whole = waiting.length - mostWhole;
  return {
    ...record,
    settledAs: state,
    stateChanges: sequence,
    pendingEvents: waiting.map((each, index) => (index < whole ? shortened(each) : each)),
  };
}

/** Its keys stand in the order of the schema, so that one that is sent once more, from the ledger, is the same to the byte. */
function changeOf(
  record: RecordIn<SettledState>,
  { accountName, unit, owner, decidedBy = record.decidedBy }: ReportedNames,
  decision: ReportedDecision | undefined,
): StateChange {
  const { state, settledAs: previousState, stateChanges: sequence = 1, attempt, at } = record;
  const { flag, reason, violations, plan, planDigest, detector, opened, stack, tags } = record;
  return {
    sequence,
    state,
    ...present({ previousState }),
    attempt,
    at,
    ...present({ flag }),
    decidedBy,
    ...present({
      reason: reason === undefined ? undefined : cut(reason, longestReason),
      errorCode: errorCodeOf(record),
      heldBy: heldByOf(record),
    }),
    violations: sentences(violations),
    ...present({
      changes: plan && sentences(plan.changes),
      lossy: plan?.lossy,
      planDigest,
      decision,
      accountName,
      unit,
      detector,
      opened,
      stack,
      owner,
      tags,
    }),
  };
}

function sentences(told: readonly { text: string }[]): string[] {
  return fitting(
    told.map(({ text }) => cut(text, longestSentence)),
    mostBytes,
  );
}

function shortened({ sequence, state, previousState, attempt, at }: StateChange): StateChange {
  return { sequence, state, ...present({ previousState }), attempt, at, shortened: true };
}
