import type { Moto } from '../../../sandbox/moto/moto';
import { testPlan } from '../../support/findings';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { startTestMoto } from '../../support/moto';
import { Crash, deathsUpTo, dyingDocuments } from './dying-documents';
import { World } from './world';

jest.setTimeout(30_000);

let moto: Moto;

beforeAll(async () => {
  moto = await startTestMoto();
});
afterAll(() => moto.stop());

/** More calls than a whole fix takes, so that the last cases do not die at all. */
const deaths = deathsUpTo(7);

describe('a coordinator that dies', () => {
  it.each(deaths)(
    '$when its call number $at to the ledger loses nothing and reports nothing twice',
    async ({ at, when }) => {
      const tableName = `crash-${when}-${at}`;
      await createLedgerTable(moto.endpoint, tableName);
      const world = new World(documentsOn(moto.endpoint), tableName);
      const first = world.receive(undefined, dyingDocuments(moto.endpoint, at, when));
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
      expect(await world.ledger.due(new Date('2030-01-01'), 10)).toEqual({ keys: [] });
    },
  );
});
