import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import type { FindingIdentity } from '../../../core/finding';
import type { JsonObject } from '../../../core/json';
import { lookPartition } from '../../../ledger/findings/due';
import { Exemptions } from '../../../ledger/findings/exemptions';
import { Ledger } from '../../../ledger/findings/ledger';
import type { FindingRecord } from '../../../ledger/findings/record';
import { itemOf, parseFindingRecord } from '../../../ledger/findings/record-item';
import { BesideError, ConflictError, RecordError } from '../../../ledger/table/errors';
import { stillTaken } from '../../../ledger/transitions/checks';
import { open } from '../../../ledger/transitions/open';
import type { Outcome } from '../../../ledger/transitions/outcome';
import { askForRevisit } from '../../../ledger/transitions/rest';
import { settle } from '../../../ledger/transitions/settle';
import { take } from '../../../ledger/transitions/take';
import type { Moto } from '../../../sandbox/moto/moto';
import { TestClock } from '../../support/clock';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { startTestMoto } from '../../support/moto';
import { withAllTold } from '../../support/records';

const tableName = 'ledger';
let moto: Moto;
let ledger: Ledger;
let resources = 0;

beforeAll(async () => {
  moto = await startTestMoto();
  await createLedgerTable(moto.endpoint, tableName);
  ledger = new Ledger(documentsOn(moto.endpoint), tableName);
});
afterAll(() => moto.stop());

/** A finding that no other test has. */
function newIdentity(): FindingIdentity {
  resources += 1;
  return {
    accountId: '111122223333',
    region: 'eu-west-1',
    control: 's3-public-access',
    resourceType: 'AWS::S3::Bucket',
    resourceId: `bucket-${resources}`,
  };
}

const clock = new TestClock();
const lease = (holder: string, seconds = 60) => ({
  holder,
  until: new Date(clock.now().getTime() + seconds * 1000).toISOString(),
});
const newRecord = (identity = newIdentity(), occurrence = 1) =>
  open(identity, occurrence, 'high', lease('a'), clock.now());
const fixed: Outcome = { state: 'fixed', decidedBy: 'the default', violations: [] };
const finish = (record: FindingRecord) => withAllTold(record);

describe('the ledger', () => {
  it('reads back what it wrote', async () => {
    const record = newRecord();
    await ledger.create(record);
    expect(await ledger.read(record)).toEqual(record);
    expect(await ledger.read({ finding: 'none', record: 'none' })).toBeUndefined();
  });

  it('finds the latest occurrence, and nothing else that belongs to the finding in its place', async () => {
    const identity = newIdentity();
    expect(await ledger.latest(identity)).toBeUndefined();
    for (const occurrence of [1, 2, 10, 9]) await ledger.create(newRecord(identity, occurrence));
    await new Exemptions(documentsOn(moto.endpoint), tableName).write(identity, {
      reason: 'Ours.',
      by: 'ada',
      until: clock.now().toISOString(),
      writtenAt: clock.now().toISOString(),
    });
    const at = clock.now().toISOString();
    const decision = {
      what: 'approved',
      plan: '',
      seen: '',
      lossy: false,
      by: 'ada',
      at,
      until: at,
    } as const;
    await ledger.setApprovalTimer({ ...newRecord(identity, 11), decision });
    expect((await ledger.latest(identity))?.occurrence).toBe(10);
  });

  it('lets one of two workers open an occurrence', async () => {
    const record = newRecord();
    const results = await Promise.allSettled([ledger.create(record), ledger.create(record)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [lost] = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(lost?.reason).toBeInstanceOf(ConflictError);
  });

  it('lets one of two workers take an occurrence that a dead one left', async () => {
    const left = await ledger.create(newRecord());
    const after = new Date(clock.now().getTime() + 61_000);
    const until = new Date(after.getTime() + 60_000).toISOString();
    const results = await Promise.allSettled(
      ['b', 'c'].map((holder) => ledger.replace(left, take(left, { holder, until }, after))),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await ledger.read(left))?.attempt).toBe(2);
  });

  it('keeps a revisit that arrives while the worker settles', async () => {
    const taken = await ledger.create(newRecord());
    await ledger.change(taken, askForRevisit);
    // The worker still has the record as it took it.
    const settled = await ledger.change(taken, (fresh) => settle(stillTaken(fresh), 'a', fixed, clock.now()));
    expect(settled).toMatchObject({ state: 'fixed', revisit: true });
    expect(await ledger.read(taken)).toEqual(settled);
  });

  it('decides anew on the fresh record, and leaves it alone when there is nothing to do', async () => {
    const taken = await ledger.create(newRecord());
    const asked = await ledger.change(taken, askForRevisit);
    const seen: (true | undefined)[] = [];
    const unchanged = await ledger.change(taken, (fresh) => {
      seen.push(fresh.revisit);
      return fresh.revisit ? undefined : askForRevisit(fresh);
    });
    expect(seen).toEqual([undefined, true]);
    expect(unchanged.version).toBe(asked.version);
  });

  it('loses no change of many that are made at once', async () => {
    const taken = await ledger.create(newRecord());
    const settled = await ledger.change(taken, (fresh) => settle(stillTaken(fresh), 'a', fixed, clock.now()));
    await Promise.all(
      [1, 2, 3, 4].map((tries) =>
        ledger.change(settled, (fresh) => ({ ...fresh, tries: fresh.tries + tries })),
      ),
    );
    expect((await ledger.read(taken))?.tries).toBe(10);
  });

  it('lists what is due, oldest first, page by page, and nothing that is done or not due yet', async () => {
    const tableOfItsOwn = 'due';
    await createLedgerTable(moto.endpoint, tableOfItsOwn);
    const own = new Ledger(documentsOn(moto.endpoint), tableOfItsOwn);
    const due = async (holder: string, seconds: number) => {
      const record = open(newIdentity(), 1, 'high', lease(holder, seconds), clock.now());
      return own.create(record);
    };
    const third = await due('x', 30);
    const first = await due('x', 10);
    const second = await due('x', 20);
    await due('x', 120);
    const done = await due('a', 5);
    await own.change(done, (fresh) => finish(settle(stillTaken(fresh), 'a', fixed, clock.now())));
    const now = new Date(clock.now().getTime() + 60_000);
    const page = await own.due(lookPartition, now, 2);
    const rest = await own.due(lookPartition, now, 2, page.next);
    expect([...page.keys, ...rest.keys].map(({ finding }) => finding)).toEqual(
      [first, second, third].map(({ finding }) => finding),
    );
  });

  it('moves back what failed, also what cannot be understood, and nothing that is due later or no more', async () => {
    await createLedgerTable(moto.endpoint, 'postponed');
    const documents = documentsOn(moto.endpoint);
    const own = new Ledger(documents, 'postponed');
    const broken = {
      finding: 'x',
      record: 'occurrence#000001',
      sweep: 'due',
      dueAt: '2020-01-01T00:00:00.000Z',
    };
    await documents.send(new PutCommand({ TableName: 'postponed', Item: broken }));
    const until = new Date(clock.now().getTime() + 60_000);
    const due = async (time: Date) => (await own.due(lookPartition, time, 10)).keys.length;
    await own.postpone(broken, until);
    expect([await due(new Date(until.getTime() - 1)), await due(until)]).toEqual([0, 1]);
    await own.postpone(broken, clock.now());
    expect(await due(new Date(until.getTime() - 1))).toBe(0);
    const record = await own.create(newRecord());
    const settled = await own.change(record, (fresh) =>
      finish(settle(stillTaken(fresh), 'a', fixed, clock.now())),
    );
    await own.postpone(settled, until);
    expect(await own.read(settled)).toEqual(settled);
    await own.postpone({ finding: 'none', record: 'none' }, until);
    expect(await own.read({ finding: 'none', record: 'none' })).toBeUndefined();
  });

  it('removes what nobody has written since, and nothing else', async () => {
    const record = await ledger.create(newRecord());
    const asked = await ledger.change(record, askForRevisit);
    await expect(ledger.remove(record)).rejects.toThrow(ConflictError);
    expect(await ledger.read(record)).toEqual(asked);
    await ledger.remove(asked);
    expect(await ledger.read(record)).toBeUndefined();
  });

  it('counts what is held for one thing', async () => {
    const held = (waitsFor: string): Outcome => ({
      state: 'held',
      heldBy: 'stop',
      waitsFor,
      decidedBy: 'the default',
      violations: [],
    });
    for (const waitsFor of ['stop#organization', 'stop#organization', 'stop#r-root']) {
      const record = await ledger.create(newRecord());
      await ledger.change(record, (fresh) =>
        finish(settle(stillTaken(fresh), 'a', held(waitsFor), clock.now())),
      );
    }
    const counts = ['stop#organization', 'stop#r-root', 'names'].map((each) => ledger.countWaiting(each));
    expect(await Promise.all(counts)).toEqual([2, 1, 0]);
  });

  it('keeps the timer of an approval until its time, and one that was set anew beyond it', async () => {
    const record = newRecord();
    const minutes = (count: number) => new Date(clock.now().getTime() + count * 60_000);
    const approved = (until: Date) => ({
      ...record,
      decision: {
        what: 'approved' as const,
        plan: '',
        seen: '',
        lossy: false,
        by: 'ada',
        at: clock.now().toISOString(),
        until: until.toISOString(),
      },
    });
    const timer = { finding: record.finding, record: 'approval#000001' };
    const isThere = async () =>
      (await ledger.due(lookPartition, minutes(600), 1_000)).keys.some(
        (key) => key.finding === timer.finding && key.record === timer.record,
      );
    await ledger.setApprovalTimer(record);
    expect(await isThere()).toBe(false);
    await ledger.setApprovalTimer(approved(minutes(10)));
    await ledger.removeApprovalTimer(timer, minutes(9));
    expect(await isThere()).toBe(true);
    await ledger.setApprovalTimer(approved(minutes(20)));
    await ledger.removeApprovalTimer(timer, minutes(10));
    expect(await isThere()).toBe(true);
    await ledger.removeApprovalTimer(timer, minutes(20));
    expect(await isThere()).toBe(false);
  });

  it('lists every occurrence and nothing else', async () => {
    const identity = newIdentity();
    await ledger.create(newRecord(identity, 1));
    await ledger.create(newRecord(identity, 2));
    const listed: FindingRecord[] = [];
    for await (const record of ledger.list()) listed.push(record);
    expect(listed.filter(({ identity: { resourceId } }) => resourceId === identity.resourceId)).toHaveLength(
      2,
    );
    expect(listed.every(({ record }) => record.startsWith('occurrence#'))).toBe(true);
  });

  it('writes and reads back whatever JSON strangers put into violations, plans and reports', () => {
    const control = { seed: 20261123 };
    const property = fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.double(), (any, number) => {
      // What a remediation function answers has passed JSON once.
      const detail = JSON.parse(JSON.stringify({ any, number })) as JsonObject;
      const outcome: Outcome = {
        state: 'reported',
        decidedBy: 'the default',
        violations: [{ kind: 'public-policy', text: 'Public.', detail }],
        plan: {
          changes: [{ action: 'removeStatement', text: 'It goes.', detail }],
          lossy: false,
          losses: [],
        },
      };
      const record = settle(newRecord(), 'a', outcome, clock.now());
      const item = itemOf(record);
      for (const name of ['violations', 'plan', 'pendingReports']) expect(typeof item[name]).toBe('string');
      const [report] = Object.values(parseFindingRecord(item, tableName).pendingReports);
      expect(report?.violations[0]?.detail).toEqual(detail);
      expect(JSON.stringify(parseFindingRecord(item, tableName).plan)).toBe(JSON.stringify(outcome.plan));
      expect(JSON.stringify(report)).toBe(JSON.stringify(Object.values(record.pendingReports)[0]));
    });
    fc.assert(property, control);
  });

  it.each([
    ['no JSON', '{'],
    ['no text', [{ kind: 'x' }]],
    ['JSON of something else', '{"a":1}'],
  ])('does not understand violations that are %s', (_what, violations) => {
    const item = { ...itemOf(newRecord()), violations };
    expect(() => parseFindingRecord(item, tableName)).toThrow(RecordError);
    expect(() => parseFindingRecord(item, tableName)).toThrow(/at violations/);
  });

  it('says which item it cannot understand, and where', async () => {
    const { state: _state, ...broken } = newRecord();
    await createLedgerTable(moto.endpoint, 'broken');
    const documents = documentsOn(moto.endpoint);
    await documents.send(new PutCommand({ TableName: 'broken', Item: itemOf(broken as FindingRecord) }));
    const reading = new Ledger(documents, 'broken').read(broken);
    await expect(reading).rejects.toThrow(RecordError);
    await expect(reading).rejects.toThrow(/at state/);
    const other = newRecord();
    await new Ledger(documents, 'broken').create(other);
    const [unreadable, listed]: [RecordError[], FindingRecord[]] = [[], []];
    const all = new Ledger(documents, 'broken').list((error) => unreadable.push(error));
    for await (const record of all) listed.push(record);
    expect([unreadable.length, listed]).toEqual([1, [other]]);
  });
});

describe('a record that is written with something else', () => {
  const beside = (record: string, condition?: string) => ({
    Put: {
      TableName: tableName,
      Item: { finding: 'beside', record },
      ...(condition !== undefined && {
        ConditionExpression: condition,
        ExpressionAttributeNames: { '#finding': 'finding' },
      }),
    },
  });
  const isThere = (record: string) =>
    ledger.read({ finding: 'beside', record }).then(
      (found) => found !== undefined,
      // What is there is no record.
      () => true,
    );
  const isNew = 'attribute_not_exists(#finding)';

  it('is written with it', async () => {
    const record = await ledger.create(newRecord());
    const next = await ledger.change(record, askForRevisit, [beside('with')]);
    expect(await ledger.latest(record.identity)).toEqual(next);
    expect(await isThere('with')).toBe(true);
  });

  it('is decided anew where somebody else has written it since, and then written with it', async () => {
    const record = await ledger.create(newRecord());
    await ledger.replace(record, { ...record, attempt: 7 });
    const next = await ledger.change(record, askForRevisit, [beside('after another', isNew)]);
    expect(next).toMatchObject({ attempt: 7, revisit: true, version: 3 });
    expect(await isThere('after another')).toBe(true);
  });

  it('is not written where that cannot be written', async () => {
    const record = await ledger.create(newRecord());
    await ledger.change(record, askForRevisit, [beside('taken')]);
    const again = await ledger.latest(record.identity);
    if (!again) throw new Error('It is there.');
    const writes = [beside('free', isNew), beside('taken', isNew)];
    await expect(ledger.change(again, askForRevisit, writes)).rejects.toThrow(BesideError);
    expect(await ledger.latest(record.identity)).toEqual(again);
    expect(await isThere('free')).toBe(false);
  });
});
