import { type FindingEvent, findingEventDetailType, findingEventSchema } from '../../../core/finding-event';
import type { Invariant } from './invariant';

/**
 * Each change of a finding's state is one event, with one content for its id: the numbers of an occurrence have no gap, each event begins
 * where the one before it ended, and the last one tells the state that the occurrence has.
 */
export const everyChangeIsAnEvent: Invariant = ({ world: { aws }, records }) => {
  const details = aws.eventBridge.events
    .filter(({ detailType }) => detailType === findingEventDetailType)
    .map(({ detail }) => detail as FindingEvent);
  const once = new Map(details.map((event) => [event.eventId, event]));
  const unlike = details.filter((event) => JSON.stringify(event) !== JSON.stringify(once.get(event.eventId)));
  const unreadable = details.filter((event) => !findingEventSchema.safeParse(event).success);
  return [
    ...unlike.map(({ eventId }) => `${eventId} has several contents.`),
    ...unreadable.map(({ eventId }) => `${eventId} is not as its schema has it.`),
    ...records.flatMap((record) => {
      const { finding, occurrence, stateChanges = 0, settledAs, state, pendingEvents = [] } = record;
      const name = `${finding}#${occurrence}`;
      const events = [...once.values()]
        .filter((event) => event.findingId === name)
        .sort((one, other) => one.sequence - other.sequence);
      const broken = events.filter(
        ({ sequence, previousState }, index) =>
          sequence !== index + 1 || previousState !== events[index - 1]?.state,
      );
      return [
        ...broken.map(({ eventId }) => `${eventId} does not follow the one before it.`),
        ...(events.length === stateChanges
          ? []
          : [`${name} has ${events.length} of ${stateChanges} events.`]),
        ...(pendingEvents.length === 0 ? [] : [`${name} has events that were never sent.`]),
        ...(events.at(-1)?.state === settledAs ? [] : [`The last event of ${name} is not ${settledAs}.`]),
        ...(state === 'received' || stateChanges === 0 || settledAs === state
          ? []
          : [`${name} is ${state}, and no event says so.`]),
      ];
    }),
  ];
};
