import { randomUUID } from 'node:crypto';
import { findingKey } from '../../../core/finding';
import type { OrderAnswer } from '../../../core/order';
import { Exemptions } from '../../../ledger/findings/exemptions';
import { parseFindingRecord } from '../../../ledger/findings/record-item';
import { parsePausedNow } from '../../../ledger/limits/paused-now';
import { StopSwitch } from '../../../ledger/limits/stop-switch';
import { savedHistoryFrom } from '../../../ledger/saved/saved-history';
import { packed } from '../../../ledger/saved/saved-item';
import { accounts, fixedState, testIdentity, testState } from '../../support/findings';
import { ada, operator, ownersOf, peopleWith, roleOf } from '../../support/orderers';
import { DoorWorld, unit } from './door-world';

const own = testIdentity;
const others = { ...testIdentity, accountId: accounts.approval };
const ownKey = {
  accountId: own.accountId,
  region: own.region,
  control: own.control,
  resourceId: own.resourceId,
};
const othersKey = { ...ownKey, accountId: others.accountId };
const owners = ownersOf(accounts.on);

/** A world with a finding in each of two accounts. */
async function withFindings(): Promise<DoorWorld> {
  const door = new DoorWorld();
  await door.world.receive(own);
  await door.world.receive(others);
  return door;
}

/** A copy of the finding, many times, with other resources, and sizes. */
function multiply(door: DoorWorld, count: number, size = 0, character = 'x'): void {
  const [item] = door.tables.items('ledger').filter(({ finding, record }) => {
    return finding === findingKey(others) && String(record).startsWith('occurrence#');
  });
  for (let number = 0; number < count; number += 1) {
    const resourceId = `sg-${number.toString(16).padStart(17, '0')}`;
    for (const [accountId, padding] of [
      [accounts.approval, 0],
      [accounts.on, size],
    ] as const) {
      const identity = { ...testIdentity, accountId, resourceId };
      door.tables.put('ledger', {
        ...item,
        identity,
        finding: findingKey(identity),
        reason: character.repeat(padding),
        decidedBy: accountId,
      });
    }
  }
}

/** All pages, from the first to the last. */
async function everyPage(door: DoorWorld, order: object, who: typeof operator) {
  const pages = [];
  for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
    const page = await door.answer({ order: 'findings', ...order, ...(next !== undefined && { next }) }, who);
    pages.push(page);
    next = page.next;
  }
  return { pages, findings: pages.flatMap(({ findings = [] }) => findings) };
}

describe('findings', () => {
  it('are those of their own account for owners, whole records, with what the account is called', async () => {
    const door = await withFindings();
    const { findings = [], places, next, ...rest } = await door.answer({ order: 'findings' }, owners);
    expect(rest).toMatchObject({ status: 200, done: true, text: '1 finding.' });
    expect(findings.map((item) => parseFindingRecord(item, 'ledger').identity)).toEqual([own]);
    expect([places, next]).toEqual([{ [accounts.on]: { name: 'on', unit: '/' } }, undefined]);
  });

  it('are all for who may view the whole organization, or those of the account that is asked for', async () => {
    const door = await withFindings();
    expect((await door.answer({ order: 'findings' })).findings).toHaveLength(2);
    const asked = await door.answer({ order: 'findings', account: accounts.approval });
    expect(asked.findings).toMatchObject([{ identity: others }]);
  });

  it('are none of a control that the policy does not name', async () => {
    const door = await withFindings();
    const entry = {
      who: [{ owners: 'StaunchOwners' }],
      may: ['view' as const],
      source: 'organization.yaml:1',
    };
    const people = peopleWith({ entries: [{ ...entry, where: { controls: ['s3-public-access'] } }] });
    door.world.policy = { ...door.world.policy, people };
    expect((await door.answer({ order: 'findings' }, owners)).findings).toEqual([]);
  });

  it.each([
    ['nobody may view', {}, roleOf(accounts.on, 'Developer')],
    ["another's account", { account: accounts.approval }, owners],
    ['an account that is not there', { account: '000000000000' }, owners],
  ])('are refused, and that is recorded: %s', async (_, order, who) => {
    const door = await withFindings();
    const key = randomUUID();
    const refused = await door.answer({ key, order: 'findings', ...order }, who);
    expect(await door.kept.read(key)).toMatchObject({ state: 'refused' });
    expect(refused).toMatchObject({ status: 403, done: false });
    expect(refused.findings).toBeUndefined();
    expect(door.logs('Refused an order')).toHaveLength(1);
  });

  it('come page by page, each once, and no page is larger than Lambda answers', async () => {
    const door = await withFindings();
    multiply(door, 60, 200_000);
    const { pages, findings } = await everyPage(door, {}, owners);
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) expect(JSON.stringify(page).length).toBeLessThan(5_000_000);
    expect(new Set(findings.map(({ finding }) => finding)).size).toBe(61);
    expect(findings).toHaveLength(61);
  });

  it.each([
    ['of three bytes', '\u6f22'],
    ['that is escaped twice on its way', '"'],
  ])('come in pages that Lambda answers also where all is a character %s', async (_, character) => {
    const door = await withFindings();
    multiply(door, 60, 130_000, character);
    const { pages, findings } = await everyPage(door, {}, owners);
    for (const page of pages) {
      const answer = JSON.stringify({ statusCode: 200, body: JSON.stringify(page) });
      expect(Buffer.byteLength(answer)).toBeLessThan(6_000_000);
    }
    expect(findings).toHaveLength(61);
  });

  it('are never taken for none since the time was over before the first was read', async () => {
    const door = await withFindings();
    const { tree } = door;
    Object.defineProperty(door, 'tree', {
      get: () => {
        door.world.clock.advance({ seconds: 30 });
        return tree;
      },
    });
    const { findings } = await everyPage(door, { account: accounts.on }, owners);
    expect(findings).toHaveLength(1);
  });

  it('end for now when the time is over, and go on from there', async () => {
    const door = await withFindings();
    multiply(door, 300);
    door.tables.before = (command) => {
      if (command === 'ScanCommand') door.world.clock.advance({ seconds: 20 });
    };
    const { pages, findings } = await everyPage(door, { account: accounts.on }, operator);
    expect(pages.length).toBeGreaterThan(2);
    expect(findings).toHaveLength(301);
  });

  it('go on for who has begun alone, about the same account, and not after half an hour', async () => {
    const door = await withFindings();
    multiply(door, 60, 200_000);
    const { next } = await door.answer({ order: 'findings' }, owners);
    const gone = { status: 400, text: expect.stringContaining('no such page') };
    expect(await door.answer({ order: 'findings', next }, ada)).toMatchObject(gone);
    expect(await door.answer({ order: 'findings', next, account: accounts.on }, owners)).toMatchObject(gone);
    door.world.clock.advance({ minutes: 31 });
    expect(await door.answer({ order: 'findings', next }, owners)).toMatchObject(gone);
  });

  it('tell nothing of what is not shown: neither a key nor a number', async () => {
    const door = await withFindings();
    multiply(door, 60, 200_000);
    const { pages } = await everyPage(door, {}, owners);
    expect(JSON.stringify(pages)).not.toContain(accounts.approval);
  });

  it('go on where a record cannot be read, and it is logged', async () => {
    const door = await withFindings();
    door.tables.put('ledger', { finding: 'x', record: 'occurrence#000001', state: 'nonsense' });
    expect((await door.answer({ order: 'findings' })).findings).toHaveLength(2);
    expect(door.logs('A record cannot be read')).toHaveLength(1);
  });
});

describe('pauses', () => {
  const other = 'ou-root-elsewhere0';
  const stopped = async (scopes: string[]) => {
    const door = await withFindings();
    for (const scope of scopes)
      await new StopSwitch(door.world.documents, 'ledger').stop({ ...pause, scope });
    return door;
  };
  const pause = { reason: 'A migration', by: 'ada', at: '2026-11-23T09:00:00.000Z' };
  const every = ['organization', 'r-root', unit, other, accounts.on, accounts.approval, '555555555555'];
  const told = ({ paused }: OrderAnswer) => {
    const now = parsePausedNow(paused);
    return 'stops' in now ? now.stops.map(({ scope }) => scope).sort() : [];
  };

  it('are told with the first page: to who sees everything, all', async () => {
    const door = await stopped(every);
    const answer = await door.answer({ order: 'findings' });
    expect(told(answer)).toEqual(every.toSorted());
    expect(parsePausedNow(answer.paused)).toMatchObject({
      stops: expect.arrayContaining([{ ...pause, scope: unit }]),
    });
    expect(answer.places).toMatchObject({ [unit]: { name: '/Protected' }, 'r-root': { name: '/' } });
  });

  it.each([
    [accounts.on, ['organization', 'r-root', accounts.on]],
    [accounts.approval, ['organization', 'r-root', unit, accounts.approval]],
  ])(
    'are told to the owners of account %s where they hold for it, and no others',
    async (account, scopes) => {
      const door = await stopped(every);
      const answer = await door.answer({ order: 'findings' }, ownersOf(account));
      expect(told(answer)).toEqual(scopes.toSorted());
      for (const scope of every.filter((one) => !scopes.includes(one)))
        expect(JSON.stringify(answer)).not.toContain(scope);
    },
  );

  it('are told once, and not after their end', async () => {
    const door = await stopped(['organization']);
    await new StopSwitch(door.world.documents, 'ledger').stop({
      ...pause,
      scope: accounts.on,
      until: door.world.clock.now().toISOString(),
    });
    multiply(door, 60, 200_000);
    const { pages } = await everyPage(door, {}, owners);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap((page) => (page.paused ? [told(page)] : []))).toEqual([['organization']]);
  });

  it('hold everywhere where the switch cannot be understood, and that is told', async () => {
    const door = await withFindings();
    door.tables.put('ledger', { finding: 'stop-switch', record: 'organization', reason: 1 });
    const { paused } = await door.answer({ order: 'findings' }, owners);
    expect(paused).toMatchObject({ unreadable: expect.stringContaining('cannot be understood') });
  });
});

describe('a finding', () => {
  it('is told with its exemption, its latest occurrence where none is named', async () => {
    const door = await withFindings();
    const exemption = {
      reason: 'Ours.',
      by: 'ada',
      until: '2026-12-01T00:00:00.000Z',
      writtenAt: '2026-11-23T00:00:00.000Z',
    };
    await new Exemptions(door.world.documents, 'ledger').write(own, exemption);
    const told = await door.answer({ order: 'finding', finding: ownKey }, owners);
    expect(told).toMatchObject({ status: 200, findings: [{ identity: own, occurrence: 1 }], exemption });
    expect(await door.answer({ order: 'finding', finding: ownKey, occurrence: 1 }, owners)).toMatchObject({
      findings: [{ occurrence: 1 }],
    });
  });

  it('is told with what was before and after its fix, to who may see it', async () => {
    const door = await withFindings();
    const { fix, fixUntold } = await door.answer({ order: 'finding', finding: ownKey }, owners);
    const history = await door.world.savedStates.history(own, 1);
    expect(history).toMatchObject({ steps: [{ before: testState }], after: fixedState });
    expect([savedHistoryFrom(JSON.stringify(fix)), fixUntold]).toEqual([history, undefined]);
    // Nothing was fixed there yet.
    const { findings, fix: none } = await door.answer({ order: 'finding', finding: othersKey });
    expect([findings?.length, none]).toEqual([1, undefined]);
  });

  it.each([
    ['is larger than Lambda answers', 'too large', { open: '"'.repeat(800_000) }],
    ['cannot be read', 'cannot be read', undefined],
  ])('is told without what was saved of its fix where that %s, and says so', async (_, why, before) => {
    const door = await withFindings();
    const [item] = door.tables.items('ledger-saved').filter(({ record }) => /^before#/.test(String(record)));
    const saved = before ? packed({ before, changes: [] }) : Buffer.from('nonsense');
    door.tables.put('ledger-saved', { ...item, saved });
    const told = await door.answer({ order: 'finding', finding: ownKey }, owners);
    expect(told).toMatchObject({ done: true, fixUntold: expect.stringContaining(why) });
    expect([told.findings?.length, told.fix]).toEqual([1, undefined]);
  });

  it('that is not there is told so to who might see it', async () => {
    const door = await withFindings();
    expect(await door.answer({ order: 'finding', finding: ownKey, occurrence: 7 }, owners)).toMatchObject({
      status: 200,
      done: false,
      text: expect.stringContaining('There is no finding'),
    });
  });

  it("of another's account is refused in the same words, whether it is there or not", async () => {
    const door = await withFindings();
    const there = await door.answer({ order: 'finding', finding: othersKey }, owners);
    const finding = { ...othersKey, resourceId: 'sg-00000000000000000' };
    expect(await door.answer({ order: 'finding', finding }, owners)).toEqual(there);
    expect([there.status, there.findings]).toEqual([403, undefined]);
  });
});
