import { TooManyRequestsException } from '@aws-sdk/client-organizations';
import { type DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { locate } from '../../../../config/place';
import { ledgerTableName } from '../../../../core/names';
import { UnknownAccountError, UnresolvedPlaceError } from '../../../../ledger/organization/place-errors';
import { accounts, testPolicy } from '../../../support/findings';
import { strictDocuments } from '../../../support/strict-documents';
import { Crash, deathsUpTo, dyingDocuments } from '../dying-documents';
import { Processes } from './processes';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const [inner, outer, sandbox] = ['ou-root-inner000', 'ou-root-outer000', 'ou-root-sandbox0'];
const stranger = '555555555555';
const throttled = () => new TooManyRequestsException({ message: 'slow down', $metadata: {} });

const tableName = ledgerTableName;
let documents: DynamoDBDocumentClient;
let world: Processes;

beforeEach(() => {
  documents = strictDocuments();
  world = new Processes(documents, tableName);
  world.organizations
    .addUnit(outer, 'Workloads')
    .addUnit(inner, 'Prod', outer)
    .addUnit(sandbox, 'Sandbox')
    .addAccount(accounts.on, 'payments', inner)
    .addAccount(accounts.off, 'website', sandbox);
});

const level = { flag: 'off' as const, source: 'organization.yaml:4', controls: {} };
const naming = (path: string) => ({ ...testPolicy, organizationalUnits: { [path]: level } });
const idsOf = ({ path }: { path: readonly { id: string }[] }) => path.map(({ id }) => id);
const move = (accountId: string, parentId: string) => {
  const { name = '' } = world.organizations.accounts.get(accountId) ?? {};
  world.organizations.addAccount(accountId, name, parentId);
};

describe("an account's place", () => {
  it('is read once for all processes, and again when it is five minutes old', async () => {
    const [one, other] = [world.start(), world.start()];
    expect(idsOf(await one.place(accounts.on))).toEqual([inner, outer, 'r-root']);
    expect(idsOf(await other.place(accounts.off))).toEqual([sandbox, 'r-root']);
    expect(world.organizations.readings).toBe(1);
    world.clock.advance({ minutes: 4, seconds: 59 });
    await Promise.all([one.place(accounts.on), other.place(accounts.on)]);
    expect(world.organizations.readings).toBe(1);
    move(accounts.on, sandbox);
    world.clock.advance({ minutes: 1 });
    const places = await Promise.all([one.place(accounts.on), other.place(accounts.on)]);
    expect(world.organizations.readings).toBe(2);
    world.clock.advance({ minutes: 1 });
    expect(idsOf(await one.place(accounts.on))).toEqual([sandbox, 'r-root']);
    expect(idsOf(await other.place(accounts.on))).toEqual([sandbox, 'r-root']);
    // Whoever did not read it went on with the tree from before.
    expect(places.map(idsOf)).toContainEqual([sandbox, 'r-root']);
  });

  it('is not asked of the ledger, either, within a minute', async () => {
    const organization = world.start();
    await organization.place(accounts.on);
    const gone = world.start(dyingDocuments(documents, 3, 'before'));
    await gone.place(accounts.on);
    world.clock.advance({ seconds: 59 });
    expect(idsOf(await gone.place(accounts.off))).toEqual([sandbox, 'r-root']);
    world.clock.advance({ seconds: 1 });
    await expect(gone.place(accounts.off)).rejects.toThrow(Crash);
  });

  it('takes reading a tenth of the time at most', async () => {
    // Reading takes 9 calls: 45 seconds.
    world.organizations.onCall = () => world.clock.advance({ seconds: 5 });
    const organization = world.start();
    await organization.place(accounts.on);
    for (let minutes = 0; minutes < 60; minutes += 1) {
      world.clock.advance({ minutes: 1 });
      await organization.keepUp();
      await organization.place(accounts.on);
    }
    expect(world.organizations.readings).toBeGreaterThan(4);
    expect(world.organizations.readings).toBeLessThanOrEqual(9);
  });

  it('does not wait for reading that takes long, where the sweep keeps up with it', async () => {
    world.organizations.onCall = () => world.clock.advance({ seconds: 5 });
    const [worker, sweep] = [world.start(), world.start()];
    await worker.place(accounts.on);
    world.clock.advance({ minutes: 9 });
    await worker.place(accounts.on);
    expect(world.organizations.readings).toBe(1);
    await sweep.keepUp();
    await sweep.keepUp();
    expect(world.organizations.readings).toBe(2);
    // Where nobody sweeps, it is read all the same.
    world.clock.advance({ minutes: 16 });
    await worker.place(accounts.on);
    expect(world.organizations.readings).toBe(3);
  });
});

describe('the tree that nobody asks for', () => {
  it('is read by the sweep where there is none', async () => {
    await world.start().keepUp();
    expect(world.organizations.readings).toBe(1);
  });

  it('is left to whoever reads it already', async () => {
    const [reading, other] = [world.start(), world.start()];
    let meanwhile: Promise<void> | undefined;
    world.organizations.onCall = () => {
      meanwhile ??= other.keepUp();
    };
    await reading.keepUp();
    await meanwhile;
    expect(world.organizations.readings).toBe(1);
  });

  it('is read anew by the sweep once it is an hour old, so that the patrol has one to go by', async () => {
    const sweep = world.start();
    await sweep.keepUp();
    world.clock.advance({ minutes: 59, seconds: 59 });
    await sweep.keepUp();
    expect(world.organizations.readings).toBe(1);
    world.clock.advance({ seconds: 1 });
    await sweep.keepUp();
    await sweep.keepUp();
    expect(world.organizations.readings).toBe(2);
  });
});

describe('the place right before a write', () => {
  it('is that of an account which was moved a moment ago, with one call', async () => {
    const organization = world.start();
    await organization.place(accounts.on);
    move(accounts.on, sandbox);
    const before = world.organizations.calls.length;
    expect(await organization.freshPlace(accounts.on)).toEqual({
      accountId: accounts.on,
      name: 'payments',
      sameName: 1,
      path: [{ id: sandbox, name: 'Sandbox' }, { id: 'r-root' }],
    });
    expect(world.organizations.calls.slice(before)).toEqual([`ListParents ${accounts.on}`]);
    // Nothing of it is remembered.
    move(accounts.on, outer);
    expect(idsOf(await organization.freshPlace(accounts.on))).toEqual([outer, 'r-root']);
  });

  it('reads the organization once when the account lies in a unit that is new', async () => {
    const organization = world.start();
    await organization.place(accounts.on);
    world.organizations.addUnit('ou-root-new00000', 'New', outer);
    move(accounts.on, 'ou-root-new00000');
    expect(idsOf(await organization.freshPlace(accounts.on))).toEqual(['ou-root-new00000', outer, 'r-root']);
    expect(world.organizations.readings).toBe(2);
  });

  it('cannot be told, and is no old one, when the new unit cannot be read', async () => {
    const organization = world.start();
    await organization.place(accounts.on);
    move(accounts.on, 'ou-root-hidden00');
    await expect(organization.freshPlace(accounts.on)).rejects.toThrow(UnresolvedPlaceError);
    expect(world.organizations.readings).toBe(2);
    await expect(organization.freshPlace(accounts.on)).rejects.toThrow(/ou-root-hidden00/);
    expect(world.organizations.readings).toBe(2);
  });

  it('cannot be told while AWS Organizations throttles, however young the tree is', async () => {
    const organization = world.start();
    await organization.place(accounts.on);
    world.organizations.error = throttled();
    await expect(organization.freshPlace(accounts.on)).rejects.toThrow(UnresolvedPlaceError);
    await expect(organization.freshPlace(accounts.on)).rejects.toThrow(/slow down/);
  });

  it('does not exist for an account that has left', async () => {
    const organization = world.start();
    await organization.place(accounts.on);
    world.organizations.accounts.delete(accounts.on);
    await expect(organization.freshPlace(accounts.on)).rejects.toThrow(UnknownAccountError);
  });
});

describe('an account that the tree does not have', () => {
  it('is found at once when it has joined since', async () => {
    const organization = world.start();
    await organization.place(accounts.on);
    world.organizations.addAccount(stranger, 'new', outer);
    expect(await organization.place(stranger)).toMatchObject({ name: 'new', sameName: 1 });
    expect(world.organizations.readings).toBe(2);
  });

  it('has the organization read once a minute at most, whatever accounts are made up, in all processes', async () => {
    const processes = [world.start(), world.start(), world.start(), world.start()];
    for (const organization of processes) await organization.place(accounts.on);
    for (let round = 0; round < 40; round += 1) {
      for (const [index, organization] of processes.entries()) {
        const forged = String(700_000_000_000 + round * 10 + index);
        await expect(organization.place(forged)).rejects.toThrow(UnknownAccountError);
      }
      world.clock.advance({ seconds: 3 });
    }
    // The first reading, and those of two minutes.
    expect(world.organizations.readings).toBeLessThanOrEqual(1 + 2);
    expect(world.organizations.calls.some((call) => call.startsWith('ListParents'))).toBe(false);
    // Real accounts go on, and so do those that join.
    world.organizations.addAccount(stranger, 'new', outer);
    world.clock.advance({ minutes: 1 });
    expect(idsOf(await (processes[0] as (typeof processes)[0]).place(stranger))).toEqual([outer, 'r-root']);
  });

  it('keeps AWS Organizations busy for a tenth of the time at most', async () => {
    world.organizations.onCall = () => world.clock.advance({ seconds: 5 });
    const organization = world.start();
    await organization.place(accounts.on);
    for (let minutes = 0; minutes < 30; minutes += 1) {
      await expect(organization.place(stranger)).rejects.toThrow(UnknownAccountError);
      world.clock.advance({ minutes: 1 });
    }
    expect(world.organizations.readings).toBeLessThanOrEqual(6);
  });

  it('has the organization read once while a message keeps naming it, and is found by the next tree', async () => {
    const [one, other] = [world.start(), world.start()];
    await one.place(accounts.on);
    for (let seconds = 0; seconds < 240; seconds += 20) {
      for (const process of [one, other]) {
        await expect(process.place(stranger)).rejects.toThrow(UnknownAccountError);
      }
      world.clock.advance({ seconds: 20 });
    }
    expect(world.organizations.readings).toBe(2);
    world.organizations.addAccount(stranger, 'new', outer);
    world.clock.advance({ minutes: 6 });
    expect(await other.place(stranger)).toMatchObject({ name: 'new' });
  });

  it('is not called unknown when the organization could not be read', async () => {
    const organization = world.start();
    await organization.place(accounts.on);
    world.organizations.error = throttled();
    await expect(organization.place(stranger)).rejects.toThrow(UnresolvedPlaceError);
  });
});

describe('the names that the policy uses', () => {
  it('go on meaning the unit that had one after it was renamed, and say so no later than its place has the new name', async () => {
    const policy = naming('/Workloads/Prod');
    const organization = world.start(undefined, policy);
    expect(await organization.policyNames()).toEqual({ unresolved: [], lost: [] });
    world.organizations.addUnit(inner, 'Production', outer);
    for (let minutes = 0; minutes < 7; minutes += 1) {
      const { path, bound } = await organization.place(accounts.on);
      const { lost } = await organization.policyNames();
      expect(lost.length > 0).toBe(path[0]?.name === 'Production');
      expect(bound?.units).toEqual({ '/Workloads/Prod': inner });
      world.clock.advance({ minutes: 1 });
    }
    expect(await organization.policyNames()).toEqual({
      unresolved: [],
      lost: [{ key: '/Workloads/Prod', source: level.source, kind: 'unit', id: inner, bearers: [] }],
    });
  });

  it('mean the same in every process, whatever each has seen', async () => {
    const policy = { ...testPolicy, accounts: { payments: level } };
    await world.start(undefined, policy).place(accounts.on);
    world.organizations.addAccount(accounts.on, 'renamed', inner).addAccount(stranger, 'payments', sandbox);
    world.clock.advance({ minutes: 6 });
    const later = world.start(undefined, policy);
    expect(locate(policy, await later.place(accounts.on)).account).toEqual([accounts.on, 'payments']);
    expect(locate(policy, await later.place(stranger)).account).toEqual([stranger]);
    expect(locate(policy, await later.freshPlace(stranger)).account).toEqual([stranger]);
  });

  it('mean what bears them now once a policy is deployed anew, also to a process that comes after the old one', async () => {
    const policy = { ...testPolicy, accounts: { payments: level } };
    const old = world.start(undefined, policy);
    await old.place(accounts.on);
    world.organizations.addAccount(accounts.on, 'renamed', inner).addAccount(stranger, 'payments', sandbox);
    world.clock.advance({ minutes: 6 });
    const anew = { ...policy, slack: { ...policy.slack, channel: 'C9999999999' } };
    const next = world.start(undefined, anew);
    expect(locate(anew, await next.place(stranger)).account).toEqual([stranger, 'payments']);
    // The old one ends its work by what it knows, and takes nothing back.
    world.clock.advance({ minutes: 6 });
    expect(locate(policy, await old.place(accounts.on)).account).toEqual([accounts.on, 'payments']);
    expect(locate(anew, await world.start(undefined, anew).place(stranger)).account).toContain('payments');
  });

  it('cannot be told while what was remembered cannot be understood', async () => {
    await documents.send(
      new PutCommand({ TableName: tableName, Item: { finding: 'policy', record: 'names', version: 'one' } }),
    );
    const organization = world.start(undefined, naming('/Sandbox'));
    await expect(organization.place(accounts.on)).rejects.toThrow(UnresolvedPlaceError);
    await expect(organization.policyNames()).rejects.toThrow(UnresolvedPlaceError);
  });

  it('are not looked for, and nothing is asked, where the policy names everything by id', async () => {
    const policy = { ...testPolicy, organizationalUnits: { 'ou-root-nowhere0': level, '/': level } };
    expect(await world.start(undefined, policy).policyNames()).toEqual({ unresolved: [], lost: [] });
    expect(world.organizations.calls).toEqual([]);
  });

  it('are ambiguous as long as several accounts have one', async () => {
    world.organizations.addAccount(stranger, 'payments', sandbox);
    const organization = world.start();
    expect(await organization.place(accounts.on)).toMatchObject({ name: 'payments', sameName: 2 });
    expect(await organization.freshPlace(accounts.on)).toMatchObject({ name: 'payments', sameName: 2 });
  });

  it('are not taken for missing when the organization cannot be read', async () => {
    world.organizations.error = throttled();
    await expect(world.start(undefined, naming('/Sandbox')).policyNames()).rejects.toThrow(
      UnresolvedPlaceError,
    );
  });
});

describe('reading the organization', () => {
  it('is done by one of the processes that start at the same time, and the others wait for it', async () => {
    let waiting = 0;
    let go = () => {};
    const allWait = new Promise<void>((resolve) => {
      go = resolve;
    });
    world.organizations.onCall = () => allWait;
    world.whilePausing = () => {
      waiting += 1;
      if (waiting === 3) go();
      return new Promise(setImmediate);
    };
    const processes = [world.start(), world.start(), world.start(), world.start()];
    const places = await Promise.all(processes.map((organization) => organization.place(accounts.on)));
    expect(places.map(idsOf)).toEqual(processes.map(() => [inner, outer, 'r-root']));
    expect(world.organizations.readings).toBe(1);
  });

  it('that fails at the start is told to all who wait, and tried again after half a minute', async () => {
    world.organizations.error = throttled();
    const [one, other] = [world.start(), world.start()];
    await expect(one.place(accounts.on)).rejects.toThrow(/slow down/);
    await expect(other.place(accounts.on)).rejects.toThrow(UnresolvedPlaceError);
    await expect(other.place(accounts.on)).rejects.toThrow(/slow down/);
    expect(world.organizations.readings).toBe(1);
    world.organizations.error = undefined;
    world.clock.advance({ seconds: 31 });
    expect(idsOf(await other.place(accounts.on))).toEqual([inner, outer, 'r-root']);
  });

  it('is waited for within bounds', async () => {
    await new Promise<void>((reached) => {
      world.organizations.onCall = () => {
        reached();
        return new Promise(() => {});
      };
      void world.start().place(accounts.on);
    });
    let pauses = 0;
    world.whilePausing = (milliseconds) => {
      pauses += milliseconds;
    };
    await expect(world.start().place(accounts.on)).rejects.toThrow(UnresolvedPlaceError);
    expect(pauses).toBeGreaterThan(10_000);
    expect(pauses).toBeLessThan(60_000);
  });

  it('that fails later leaves the tree from before in use for a day, and is told once for each try', async () => {
    const [one, other] = [world.start(), world.start(undefined, naming('/Sandbox'))];
    await one.place(accounts.on);
    world.organizations.error = throttled();
    world.clock.advance({ minutes: 6 });
    expect(idsOf(await one.place(accounts.on))).toHaveLength(3);
    expect(idsOf(await other.place(accounts.on))).toHaveLength(3);
    expect(world.organizations.readings).toBe(2);
    expect(world.failures).toEqual([expect.stringContaining('slow down')]);
    world.clock.advance({ minutes: 23 * 60 + 50 });
    expect(idsOf(await other.place(accounts.on))).toHaveLength(3);
    world.clock.advance({ minutes: 5 });
    await expect(one.place(accounts.on)).rejects.toThrow(UnresolvedPlaceError);
    await expect(other.policyNames()).rejects.toThrow(UnresolvedPlaceError);
  });

  it('for longer than the lease changes nothing any more', async () => {
    const [slow, fast] = [world.start(), world.start()];
    await slow.place(accounts.on);
    world.clock.advance({ minutes: 6 });
    let overtaken: Promise<unknown> | undefined;
    world.organizations.onCall = async () => {
      if (overtaken !== undefined) return;
      world.clock.advance({ seconds: 201 });
      move(accounts.on, sandbox);
      overtaken = fast.place(accounts.on);
      await overtaken;
      // What the slow one reads is older by then than what is kept.
      move(accounts.on, outer);
    };
    expect(idsOf(await slow.place(accounts.on))).toEqual([inner, outer, 'r-root']);
    expect(world.failures).toEqual([]);
    world.clock.advance({ minutes: 1 });
    expect(idsOf(await slow.place(accounts.on))).toEqual([sandbox, 'r-root']);
    expect(idsOf(await world.start().place(accounts.on))).toEqual([sandbox, 'r-root']);
  });

  it.each([
    ['garbage', { generation: 7, readAt: { no: 'time' }, leaseUntil: 'never', leaseHolder: 5 }],
    ['a lease without end', { leaseUntil: '9999-12-31T00:00:00.000Z', leaseHolder: 'nobody' }],
    ['chunks that are not there', generation('lost')],
    ['a time to come', generation('early', '2030-01-01T00:00:00.000Z')],
  ])('is done anew where the ledger holds %s', async (_what, head) => {
    const Item = { finding: 'organization', record: 'head', ...head };
    await documents.send(new PutCommand({ TableName: tableName, Item }));
    expect(idsOf(await world.start().place(accounts.on))).toEqual([inner, outer, 'r-root']);
    expect(idsOf(await world.start().place(accounts.on))).toEqual([inner, outer, 'r-root']);
    expect(world.organizations.readings).toBe(1);
  });

  // Every death of the reader, of a first tree and of another one.
  it.each(deathsUpTo(7))(
    'leaves a usable tree when its process dies $when call $at',
    async ({ at, when }) => {
      for (const first of [true, false]) {
        if (!first) {
          world.clock.advance({ minutes: 6 });
          move(accounts.on, sandbox);
          move(accounts.off, inner);
        }
        const dying = world.start(dyingDocuments(documents, at, when));
        await dying.place(accounts.on).catch(() => undefined);
        // The lease of whoever died ends.
        if (first) world.clock.advance({ seconds: 201 });
        const heir = world.start();
        const both = async () =>
          [await heir.place(accounts.on), await heir.place(accounts.off)].map((place) => idsOf(place)[0]);
        expect([[inner, sandbox], ...(first ? [] : [[sandbox, inner]])]).toContainEqual(await both());
        world.clock.advance({ minutes: 10 });
        expect(await both()).toEqual(first ? [inner, sandbox] : [sandbox, inner]);
      }
    },
  );

  it('writes nothing but its time where nothing has changed', async () => {
    const organization = world.start();
    const chunks = async () => {
      const { Items: items = [] } = await documents.send(new ScanCommand({ TableName: tableName }));
      return items.map(({ record }) => String(record)).filter((record) => record.startsWith('chunk#'));
    };
    await organization.place(accounts.on);
    world.clock.advance({ minutes: 6 });
    await organization.place(accounts.on);
    expect(world.organizations.readings).toBe(2);
    expect(await chunks()).toHaveLength(1);
    // Before they expire, chunks are written anew all the same.
    world.clock.advance({ minutes: 12 * 60 });
    await organization.place(accounts.on);
    expect(await chunks()).toHaveLength(2);
  });

  it('of 10,000 accounts in 500 units costs a tenth of the time, and one call a fix, whatever the number of processes', async () => {
    const { organizations, clock } = world;
    organizations.units.clear();
    organizations.accounts.clear();
    const unitOf = (number: number) => `ou-root-${String(number).padStart(8, '0')}`;
    for (let unit = 0; unit < 500; unit += 1) {
      const parent = unit < 20 ? organizations.rootId : unitOf(unit % 20);
      organizations.addUnit(unitOf(unit), `Unit ${unit}`, parent);
      for (let account = 0; account < 20; account += 1)
        organizations.addAccount(idOf(unit, account), `${unit}-${account}`, unitOf(unit));
    }
    // Ten calls a second.
    organizations.onCall = () => clock.advance({ seconds: 0.1 });
    const began = clock.now().getTime();
    const minutesPassed = () => (clock.now().getTime() - began) / 60_000;
    const policy = naming('/Unit 1/Unit 21');
    const processes = [1, 2, 3, 4].map(() => world.start(undefined, policy));
    for (let fix = 0; fix < 100; fix += 1) {
      const organization = processes[fix % 4] ?? world.start();
      const accountId = idOf((fix * 7) % 500, fix % 20);
      await organization.place(accountId);
      expect(await organization.policyNames()).toEqual({ unresolved: [], lost: [] });
      await organization.freshPlace(accountId);
      clock.advance({ seconds: 36 });
      // Every fix is in another minute than the one before, or nearly: the sweep comes in between.
      await (processes[(fix + 1) % 4] ?? world.start()).keepUp();
    }
    const { readings, calls } = organizations;
    const reading = (calls.length - 100) / readings;
    expect(minutesPassed()).toBeGreaterThan(60);
    expect(organizations.count('ListParents')).toBe(100);
    // Of each unit, and of the root, its units and its accounts: one page each, but for the largest.
    expect(reading).toBeLessThan(1_100);
    expect(readings).toBeLessThanOrEqual(1 + minutesPassed() / ((10 * reading * 0.1) / 60));
    // Names alone took 501 calls of each process every five minutes: 24,048.
    expect(calls.length).toBeLessThan(6_000);
  });
});

function idOf(unit: number, account: number): string {
  return String(200_000_000_000 + unit * 100 + account);
}

function generation(name: string, readAt = '2026-11-23T09:59:00.000Z') {
  return {
    generation: name,
    chunks: 1,
    digest: 'none',
    writtenAt: '2026-11-23T09:59:00.000Z',
    readAt,
    tookMilliseconds: 10,
  };
}
