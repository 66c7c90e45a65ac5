import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { CoverageStore } from '../../../ledger/coverage/coverage';
import type { CoverageAnswer, PlaceCoverage } from '../../../ledger/coverage/place-coverage';
import { RecordError } from '../../../ledger/table/errors';
import type { Moto } from '../../../sandbox/moto/moto';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { startTestMoto } from '../../support/moto';
import { VirtualPauses } from '../../support/virtual-pauses';

const tableName = 'ledger';
const type = 'AWS::S3::Bucket';
const region = 'eu-west-1';
const at = (hour: number) => `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000Z`;
let moto: Moto;
let store: CoverageStore;
let accounts = 0;

beforeAll(async () => {
  moto = await startTestMoto();
  await createLedgerTable(moto.endpoint, tableName);
  store = newStore();
});
afterAll(() => moto.stop());

const newStore = () =>
  new CoverageStore(documentsOn(moto.endpoint), tableName, {
    pause: new VirtualPauses().pause,
    random: () => 0.5,
  });
/** An account that no other test has. */
const newPlace = () => ({ accountId: String(111122220000 + ++accounts), region });
const putItem = (item: Record<string, unknown>) =>
  documentsOn(moto.endpoint).send(new PutCommand({ TableName: tableName, Item: item }));
const covered = (hour: number, resources = 1) => ({
  startedAt: at(hour),
  at: at(hour),
  covered: [{ type, resources }],
});

describe('the coverage of a place', () => {
  it('is unknown until something is said', async () => {
    expect(await store.read(newPlace())).toBeUndefined();
  });

  it('is kept as it was said', async () => {
    const place = newPlace();
    const known = {
      ...place,
      since: at(1),
      types: { [type]: { coveredAt: at(2), firstOverAt: at(2), resources: 4 } },
    };
    await store.watch(place, new Date(at(1)));
    expect(await store.add(place, covered(2, 4))).toEqual(known);
    expect(await store.read(place)).toEqual(known);
  });

  it('keeps since when it is watched', async () => {
    const place = newPlace();
    await store.watch(place, new Date(at(1)));
    await store.add(place, covered(3));
    await store.watch(place, new Date(at(5)));
    expect(await store.read(place)).toMatchObject({ since: at(1), types: { [type]: { coveredAt: at(3) } } });
  });

  it('is watched since its first walk began where nobody noted that before', async () => {
    const place = newPlace();
    await store.add(place, covered(3));
    expect(await store.read(place)).toMatchObject({ since: at(3) });
  });

  it('loses no answer of those that come at the same time', async () => {
    const place = newPlace();
    const types = ['a', 'b', 'c', 'd'];
    await Promise.all(
      types.map((each) =>
        newStore().add(place, {
          startedAt: at(1),
          at: at(1),
          covered: [{ type: each, resources: 1 }],
        }),
      ),
    );
    expect(Object.keys((await store.read(place))?.types ?? {}).sort()).toEqual(types);
  });

  it('is decided on anew where another writer was faster', async () => {
    const place = newPlace();
    const seen: unknown[] = [];
    let other: Promise<unknown> | undefined;
    const racing = newStore();
    const slow = {
      async send(command: object) {
        const answer = await documentsOn(moto.endpoint).send(command as never);
        // Between what the other one read and what it writes.
        other ??= racing.add(place, covered(1));
        await other;
        return answer;
      },
    };
    const store = new CoverageStore(slow as never, tableName, {
      pause: new VirtualPauses().pause,
      random: () => 0.5,
    });
    const decided = await store.addBy(place, (known) => {
      seen.push(known?.types[type]?.coveredAt);
      return { isSecond: known !== undefined, answer: covered(2) };
    });
    expect(seen).toEqual([undefined, at(1)]);
    expect(decided).toMatchObject({ isSecond: true });
    expect(await store.read(place)).toMatchObject({ types: { [type]: { coveredAt: at(2) } } });
  });

  it('stays as it is where nothing is decided', async () => {
    const place = newPlace();
    const decide = (known?: PlaceCoverage): { answer?: CoverageAnswer; wasKnown: boolean } => ({
      wasKnown: known !== undefined,
    });
    expect(await store.addBy(place, decide)).toEqual({ wasKnown: false });
    expect(await store.read(place)).toBeUndefined();
  });

  it('cannot be read when it cannot be understood, and the next answer stands in its place', async () => {
    const place = newPlace();
    const record = `${place.accountId}#${region}`;
    await putItem({ finding: 'coverage', record, since: 'ever', types: { b: { coveredAt: at(9) } } });
    await expect(store.read(place)).rejects.toThrow(`coverage ${record} of table ${tableName}`);
    expect((await store.add(place, covered(3))).types).toEqual({
      [type]: { coveredAt: at(3), firstOverAt: at(3), resources: 1 },
    });
    expect(await store.read(place)).toMatchObject({ since: at(3) });
  });
});

describe('an event of CloudTrail that arrived', () => {
  const noteAt = (place: ReturnType<typeof newPlace>, hour: number, minute = 0) =>
    store.noteTrailEvent(place, new Date(Date.parse(at(hour)) + minute * 60_000));

  it('is noted of a place that is known, once an hour', async () => {
    const place = newPlace();
    await store.add(place, covered(1));
    expect(await noteAt(place, 2)).toBe(true);
    expect(await noteAt(place, 2, 59)).toBe(false);
    expect(await store.read(place)).toMatchObject({ trailEventAt: at(2) });
    expect(await noteAt(place, 3)).toBe(true);
    expect(await noteAt(place, 1)).toBe(false);
    expect(await store.read(place)).toMatchObject({ trailEventAt: at(3) });
  });

  it('makes no place known', async () => {
    const place = newPlace();
    expect(await noteAt(place, 2)).toBe(false);
    expect(await store.read(place)).toBeUndefined();
  });

  it('takes nothing from what walks write, nor they from it', async () => {
    const place = newPlace();
    const reading = { trail: { isLogging: true } };
    await store.add(place, { ...covered(1), ...reading });
    await noteAt(place, 2);
    await store.add(place, covered(3));
    expect(await store.read(place)).toEqual({
      ...place,
      since: at(1),
      types: { [type]: { coveredAt: at(3), firstOverAt: at(1), resources: 1 } },
      trail: { readAt: at(1), isLogging: true, loggedAt: at(1) },
      trailEventAt: at(2),
    });
  });
});

it('lists all places, and names those that it cannot understand', async () => {
  const place = newPlace();
  await store.add(place, covered(3));
  await putItem({ finding: 'coverage', record: 'nowhere', since: at(1), types: {} });
  const unreadable: RecordError[] = [];
  const listed: PlaceCoverage[] = [];
  for await (const each of store.list((error) => unreadable.push(error))) listed.push(each);
  expect(listed).toContainEqual({
    ...place,
    since: at(3),
    types: { [type]: { coveredAt: at(3), firstOverAt: at(3), resources: 1 } },
  });
  expect(unreadable.map(({ message }) => message)).toEqual([
    `The item coverage nowhere of table ${tableName} cannot be understood. Look at the item.`,
  ]);
  const all = async () => {
    for await (const each of store.list()) listed.push(each);
  };
  await expect(all()).rejects.toThrow(RecordError);
});
