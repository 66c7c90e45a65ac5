import { messageFor, testIdentity, testPlan, testState } from '../../support/findings';
import { authorizeEvent } from '../../support/trail-events';
import { Crash, deathsUpTo, dyingDocuments } from './dying-documents';
import { dueKeys } from './sweep/due-keys';
import { World } from './world';

/** More calls than a whole fix takes, so that the last cases do not die at all. */
const deaths = deathsUpTo(24);

describe('a coordinator that dies', () => {
  it.each(deaths)(
    '$when its call number $at to the ledger loses nothing and reports nothing twice',
    async ({ at, when }) => {
      const { world } = World.inMemory();
      const first = world.receive(undefined, dyingDocuments(world.documents, at, when));
      const died = await first.then(
        () => false,
        (error: unknown) => error instanceof Crash,
      );

      // The lease of a dead worker ends before its message comes back: the sweep goes on, or else the message does.
      world.clock.advance({ minutes: 5 });
      await world.sweep();
      if (died) await world.receive();
      world.clock.advance({ minutes: 5 });
      await world.sweep();

      expect(world.open).toBe(false);
      const record = await world.latest();
      // Even if the fix was made and its worker died before it could say so.
      expect(record?.state).toBe('fixed');
      expect(record).not.toHaveProperty('dueAt');
      // A report may be sent again, but never under another id.
      expect(new Set(world.reports.map(({ reportId }) => reportId)).size).toBe(1);
      expect(world.reports[0]).toMatchObject({ state: 'fixed', plan: testPlan });
      expect(new Set(world.events.map(({ eventId }) => eventId)).size).toBe(1);
      expect(world.events[0]).toMatchObject({ state: 'fixed', sequence: 1 });
      expect(await dueKeys(world.ledger)).toEqual([]);
      // Whatever died, what undoing it takes is there, and nothing of it is left half done.
      expect(await world.savedStates.history(testIdentity, 1)).toMatchObject({
        steps: expect.arrayContaining([expect.objectContaining({ before: testState })]),
        unfinished: [],
      });
    },
  );

  it.each(deaths)(
    '$when its call number $at about a recorded call loses nothing of it, and the item about it changes nothing',
    async ({ at, when }) => {
      const { world } = World.inMemory();
      world.clock.advance({ seconds: 3 });
      const receive = (body: string, documents = world.documents) =>
        world.coordinator(documents).receive(body, () => 180_000);
      const event = authorizeEvent(testIdentity);
      const died = await receive(event, dyingDocuments(world.documents, at, when)).then(
        () => false,
        (error: unknown) => error instanceof Crash,
      );
      world.clock.advance({ minutes: 5 });
      await world.sweep();
      if (died) await receive(event);
      await receive(messageFor(testIdentity));
      world.clock.advance({ minutes: 5 });
      await world.sweep();

      expect(world.open).toBe(false);
      expect(await world.ledger.occurrences(testIdentity, 5)).toMatchObject([
        { state: 'fixed', occurrence: 1, detector: 'trail', opened: { kind: 'user' } },
      ]);
      expect(new Set(world.reports.map(({ reportId }) => reportId)).size).toBe(1);
      expect(await dueKeys(world.ledger)).toEqual([]);
    },
  );
});
