import { ledgerTableName } from '../../../core/names';
import { type FindingState, isOpen } from '../../../core/states';
import type { Invariant } from './invariant';

const neverAnEnd: readonly FindingState[] = ['received', 'failed', 'given-up', 'held'];

/** Nothing is lost: each finding is in a recorded state, nothing is due, nobody holds a lease, no message was given up. */
export const nothingIsLost: Invariant = ({
  scenario: { ends, occurrences = 1, mayRefuse, isAway },
  world,
  records,
  latest,
}) => {
  const { hub, aws } = world;
  const mustHeed = !mayRefuse && aws.calls.made.filter(({ fault }) => fault).length < 2;
  // Whoever never came through with an order finds it as it would be without.
  const mayEnd = (state: FindingState) =>
    ends.includes(state) || (world.unheeded.length > 0 && !neverAnEnd.includes(state));
  const at = aws.clock.now().toISOString();
  return [
    ...(hub.hasNoRest ? ['It never comes to rest.'] : []),
    ...(isAway ? [] : hub.deadLetters.map(() => 'A message went to the dead letters.')),
    ...(latest || isAway ? [] : ['There is no finding.']),
    ...(latest && !mayEnd(latest.state) ? [`It ends as ${latest.state}: ${latest.reason}`] : []),
    ...(mustHeed ? world.unheeded.map((order) => `The order ${order} comes to nothing.`) : []),
    ...(records.length > occurrences ? [`There are ${records.length} occurrences.`] : []),
    ...records
      .slice(0, -1)
      .flatMap(({ state, occurrence }) =>
        isOpen(state) ? [`Occurrence ${occurrence} is left as ${state}.`] : [],
      ),
    ...records.flatMap(({ occurrence, lease }) =>
      lease && lease.until > at ? [`Occurrence ${occurrence} is leased until ${lease.until}.`] : [],
    ),
    ...aws.dynamoDb
      .peek(ledgerTableName)
      .flatMap(({ finding, record, sweep, dueAt }) =>
        (sweep === 'report' || sweep === 'due') && String(dueAt) <= at
          ? [`${finding} ${record} is still due.`]
          : [],
      ),
  ];
};
