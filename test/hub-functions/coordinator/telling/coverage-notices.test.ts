import { logLines } from '../../../../core/log-lines';
import type { Notice } from '../../../../core/notice';
import { CoverageNotices } from '../../../../hub-functions/coordinator/telling/coverage-notices';
import { CoverageStore } from '../../../../ledger/coverage/coverage';
import type { OrganizationTree, TreeNode } from '../../../../ledger/organization/organization-tree';
import { Notices } from '../../../../ledger/told/notices';
import { ToldCoverageStore } from '../../../../ledger/told/told-coverage';
import { TestClock } from '../../../support/clock';
import { MemoryTables } from '../../../support/memory-documents';

const tableName = 'ledger';
const type = 'AWS::S3::Bucket';
const region = 'eu-west-1';
const [one, two] = ['222222222222', '333333333333'];

/** A hub's coverage, and the sweeps over it. */
class Watch {
  readonly clock = new TestClock();
  readonly notices: Notice[] = [];
  /** Accounts of which confused deputies are told, by sweep. */
  readonly deputiesOf: string[][] = [];
  /** What the dashboard shows: how many places were not covered, each hour. */
  readonly uncovered: unknown[] = [];
  readonly accounts = new Map<string, TreeNode>();
  readonly tables = new MemoryTables();
  readonly coverage = new CoverageStore(this.tables.documents(), tableName);
  targets: string[] | undefined = ['r-root'];
  private chore = this.newChore();

  constructor(...ids: string[]) {
    for (const id of ids) this.accounts.set(id, { id, name: id, parentId: 'r-root' });
  }

  /** A fresh process. */
  newChore(overrides: Partial<Pick<CoverageStore, 'list'>> = {}): CoverageNotices {
    const documents = this.tables.documents();
    const info = (message: string, { uncovered }: Record<string, unknown>) => {
      if (message === logLines.coverageSeen) this.uncovered.push(uncovered);
    };
    const log = { info, warn: () => {}, error: () => {} };
    const tree: OrganizationTree = {
      rootId: 'r-root',
      units: new Map(),
      accounts: this.accounts,
      readAt: new Date(0),
      tookMilliseconds: 0,
    };
    return new CoverageNotices({
      policy: {
        organization: { managementAccount: '111111111111' },
        regions: [region],
        ...(this.targets && { targets: this.targets }),
      },
      resourceTypes: [type],
      tree: async () => tree,
      coverage: {
        list: overrides.list ?? ((onUnreadable) => this.coverage.list(onUnreadable)),
        read: (place) => this.coverage.read(place),
        watch: (place, now) => this.coverage.watch(place, now),
      },
      told: new ToldCoverageStore(documents, tableName),
      deputies: { tell: async (items) => void this.deputiesOf.push(items.map((item) => item.accountId)) },
      notices: new Notices(documents, tableName, async (notice) => void this.notices.push(notice)),
      log,
      now: this.clock.now,
    });
  }

  restart(): void {
    this.chore = this.newChore();
  }

  /** A sweep each hour; the patrol covers these accounts each time. */
  async hours(count: number, ...covered: string[]): Promise<void> {
    for (let hour = 0; hour < count; hour += 1) {
      const at = this.clock.now().toISOString();
      for (const accountId of covered)
        await this.coverage.add(
          { accountId, region },
          { startedAt: at, at, covered: [{ type, resources: 1 }] },
        );
      await this.chore.run(() => 180_000);
      this.clock.advance({ minutes: 60 });
    }
  }

  get titles(): string[] {
    return this.notices.map(({ title }) => title);
  }
}

const missing = 'An account and Region is not covered';
const back = 'An account and Region is covered by the patrol again';

describe('missing coverage', () => {
  it('is not told before a first patrol could have come', async () => {
    const watch = new Watch(one);
    await watch.hours(32);
    expect(watch.titles).toEqual([]);
  });

  it('leaves confused deputies untold as long', async () => {
    const watch = new Watch(one, two);
    await watch.hours(20, one);
    expect(watch.deputiesOf.flat()).toEqual([]);
    await watch.hours(28, one);
    expect(watch.deputiesOf.at(-1)).toEqual([one, two]);
  });

  it('is told once, also by other processes, and once when it is there again', async () => {
    const watch = new Watch(one);
    await watch.hours(48);
    watch.restart();
    await watch.hours(48);
    expect(watch.titles).toEqual([missing]);
    expect(watch.notices[0]?.text).toContain(`account ${one} in ${region} (never patrolled)`);
    await watch.hours(3, one);
    expect(watch.titles).toEqual([missing, back]);
  });

  it('is counted each hour, whether it was told or not', async () => {
    const watch = new Watch(one, two);
    await watch.hours(48, two);
    watch.restart();
    await watch.hours(2, one, two);
    // A place that is new is none that is missing; afterwards each hour counts it, until a patrol came.
    expect(watch.uncovered.slice(0, 2)).toEqual([0, 0]);
    expect(watch.uncovered.slice(-4)).toEqual([1, 1, 0, 0]);
  });

  it('is told in one notice for all places, with a bounded text', async () => {
    const watch = new Watch(...Array.from({ length: 300 }, (_, index) => String(222222220000 + index)));
    await watch.hours(48);
    expect(watch.titles).toEqual(['300 accounts and Regions are not covered']);
    expect(watch.notices[0]?.text).toContain('; and 290 more');
    expect(watch.notices[0]?.text.length).toBeLessThan(2_000);
  });

  it('is told with AWS’s words, and not again while another place goes missing', async () => {
    const watch = new Watch(one, two);
    await watch.hours(30, one, two);
    const at = watch.clock.now().toISOString();
    const denied = { startedAt: at, at, notCovered: [{ type, words: 'AccessDenied: the role is gone.' }] };
    await watch.coverage.add({ accountId: one, region }, denied);
    await watch.hours(2, two);
    await watch.hours(48);
    expect(watch.titles).toEqual([missing, missing]);
    expect(watch.notices[0]?.text).toContain(`account ${one} in ${region} (AccessDenied: the role is gone.)`);
    expect(watch.notices[1]?.text).toContain(`account ${two}`);
    expect(watch.notices[1]?.text).not.toContain(`account ${one}`);
  });

  it('is told of a trail that is gone, beside what else is missing there', async () => {
    const watch = new Watch(one, two);
    await watch.hours(30, one, two);
    const read = async (accountId: string, isLogging: boolean, ...denied: string[]) => {
      const at = watch.clock.now().toISOString();
      const notCovered = denied.map((words) => ({ type, words }));
      await watch.coverage.add(
        { accountId, region },
        { startedAt: at, at, notCovered, trail: { isLogging } },
      );
      watch.clock.advance({ minutes: 1 });
    };
    for (const accountId of [one, two]) await read(accountId, true);
    await read(one, false);
    await read(two, false, 'AccessDenied');
    await watch.hours(2);
    expect(watch.titles).toEqual(['2 accounts and Regions are not covered']);
    expect(watch.notices[0]?.text).toContain(`account ${one} in ${region} (its trail is gone);`);
    expect(watch.notices[0]?.text).toContain(`in ${region} (AccessDenied, and its trail is gone)`);
    await read(one, true);
    await watch.hours(2, one);
    expect(watch.titles.slice(1)).toEqual([back]);
  });

  it('of an account that joins waits for its first patrol, too', async () => {
    const watch = new Watch(one);
    await watch.hours(40, one);
    watch.accounts.set(two, { id: two, name: two, parentId: 'r-root' });
    await watch.hours(32, one);
    expect(watch.titles).toEqual([]);
    await watch.hours(4, one);
    expect(watch.titles).toEqual([missing]);
  });

  it('of an account that was closed is forgotten, and nobody is told that it is covered', async () => {
    const watch = new Watch(one);
    await watch.hours(48);
    watch.accounts.set(one, { id: one, name: one, parentId: 'r-root', closed: true });
    await watch.hours(48);
    expect(watch.titles).toEqual([missing]);
  });

  it('is told of an item that cannot be understood, which nobody may take for covered', async () => {
    const watch = new Watch(one);
    await watch.hours(30, one);
    watch.tables.put(tableName, {
      finding: 'coverage',
      record: `${one}#${region}`,
      version: 9,
      since: 'ever',
    });
    await watch.hours(2);
    expect(watch.titles).toEqual([missing]);
  });

  it('is not told of a place that a first patrol or another process notes while a sweep reads', async () => {
    const watch = new Watch(one);
    const readAndNoted = async function* () {
      yield* watch.coverage.list();
      await watch.coverage.watch({ accountId: one, region }, watch.clock.now());
    };
    await watch.newChore({ list: readAndNoted }).run(() => 180_000);
    expect(watch.titles).toEqual([]);
  });

  it('is not looked for where the policy does not tell the targets', async () => {
    const watch = new Watch(one);
    watch.targets = undefined;
    watch.restart();
    await watch.hours(48);
    expect(watch.titles).toEqual([]);
  });

  it('is told by the next sweep where this one has no time', async () => {
    const watch = new Watch(one);
    await watch.newChore().run(() => 10_000);
    expect(watch.tables.items(tableName)).toEqual([]);
  });
});
