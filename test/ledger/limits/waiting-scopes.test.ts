import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { WaitingScopes } from '../../../ledger/limits/waiting-scopes';
import type { Moto } from '../../../sandbox/moto/moto';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { startTestMoto } from '../../support/moto';

const start = new Date('2026-11-23T10:00:00.000Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000);
let moto: Moto;
let tables = 0;

beforeAll(async () => {
  moto = await startTestMoto();
});
afterAll(() => moto.stop());

/** The scopes as one process knows them, and as another does. */
async function processes(): Promise<{ one: WaitingScopes; other: WaitingScopes; tableName: string }> {
  tables += 1;
  const tableName = `waiting-${tables}`;
  await createLedgerTable(moto.endpoint, tableName);
  const [one, other] = [1, 2].map(() => new WaitingScopes(documentsOn(moto.endpoint), tableName));
  if (!one || !other) throw new Error('There are no two processes.');
  return { one, other, tableName };
}

describe('what findings are held for', () => {
  it('is noted once a minute, with when a finding was last held for it', async () => {
    const { one, other } = await processes();
    await one.note('stop#organization', start);
    await one.note('stop#organization', later(59));
    await one.note('limit#organization', later(59));
    expect(await other.list()).toEqual([
      { waitsFor: 'limit#organization', at: later(59).toISOString() },
      { waitsFor: 'stop#organization', at: start.toISOString() },
    ]);
    await one.note('stop#organization', later(60));
    expect(await other.list()).toContainEqual({ waitsFor: 'stop#organization', at: later(60).toISOString() });
  });

  it('is forgotten only five minutes after a finding was last held for it', async () => {
    const { one } = await processes();
    await one.note('stop#organization', start);
    const [scope] = await one.list();
    if (!scope) throw new Error('Nothing was noted.');
    await one.forget(scope, later(299));
    expect(await one.list()).toEqual([scope]);
    await one.forget(scope, later(300));
    expect(await one.list()).toEqual([]);
  });

  it('is not forgotten when a finding is held for it meanwhile', async () => {
    const { one, other } = await processes();
    await one.note('stop#organization', start);
    const [scope] = await one.list();
    if (!scope) throw new Error('Nothing was noted.');
    await other.note('stop#organization', later(300));
    await one.forget(scope, later(301));
    expect(await one.list()).toEqual([{ waitsFor: 'stop#organization', at: later(300).toISOString() }]);
  });

  it('leaves out what cannot be understood', async () => {
    const { one, tableName } = await processes();
    const Item = { finding: 'waiting', record: 'stop#organization', at: 7 };
    await documentsOn(moto.endpoint).send(new PutCommand({ TableName: tableName, Item }));
    await one.note('limit#organization', start);
    expect(await one.list()).toMatchObject([{ waitsFor: 'limit#organization' }]);
  });
});
