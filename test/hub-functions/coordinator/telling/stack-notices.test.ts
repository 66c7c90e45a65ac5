import type { Notice } from '../../../../core/notice';
import { noticeSchema } from '../../../../core/notice';
import { StackNotices, stackNews } from '../../../../hub-functions/coordinator/telling/stack-notices';
import { Notices } from '../../../../ledger/told/notices';
import { type MemberStack, StackFailures } from '../../../../ledger/told/stack-failures';
import { ToldCoverageStore } from '../../../../ledger/told/told-coverage';
import { TestClock } from '../../../support/clock';
import { MemoryTables } from '../../../support/memory-documents';

const table = 'ledger';
const stack = (accountId: string, reason = ''): MemberStack => ({
  ...{ stackSet: 'staunch-rules', accountId, region: 'eu-west-1', reason },
});
const [one, two] = ['333333333333', '444444444444'];

function telling() {
  const clock = new TestClock();
  const documents = new MemoryTables().documents();
  const notices: Notice[] = [];
  const stackFailures = new StackFailures(documents, table);
  const newChore = () =>
    new StackNotices({
      stackFailures,
      told: new ToldCoverageStore(documents, table, 'stacks'),
      notices: new Notices(documents, table, async (notice) => void notices.push(noticeSchema.parse(notice))),
      now: clock.now,
    });
  let chore = newChore();
  return {
    notices,
    restart: () => {
      chore = newChore();
    },
    /** A reconcile, and two sweeps after it. */
    async hour(failed: readonly MemberStack[], running: readonly MemberStack[] = []) {
      await stackFailures.write(failed, running, clock.now());
      await chore.run();
      await chore.run();
      clock.advance({ minutes: 60 });
      return notices.splice(0).map(({ title }) => title);
    },
    sweep: () => chore.run(),
  };
}

describe('stacks of members that failed', () => {
  it('are told once, and once when they do not fail any more', async () => {
    const { hour } = telling();
    expect(await hour([])).toEqual([]);
    expect(await hour([stack(one), stack(two)])).toEqual(['2 stacks of members failed']);
    expect(await hour([stack(one), stack(two)])).toEqual([]);
    expect(await hour([stack(two)])).toEqual(['A stack of a member no longer failed']);
    expect(await hour([stack(two)])).toEqual([]);
    expect(await hour([])).toEqual(['A stack of a member no longer failed']);
    expect(await hour([stack(one)])).toEqual(['A stack of a member failed']);
  });

  it('are told with the very command where AWS could not delete them', async () => {
    const { hour, notices } = telling();
    const unit = 'ou-abcd-11111111';
    const inoperable = { ...stack(one, 'DELETE_FAILED'), inoperableIn: unit };
    const seen = { at: '2026-11-27T12:00:00Z', failed: [inoperable], running: [], isWhole: true };
    const [notice] = stackNews(seen, []).given;
    expect(notice?.text).toContain(
      `aws cloudformation delete-stack-instances --call-as DELEGATED_ADMIN --stack-set-name staunch-rules --deployment-targets OrganizationalUnitIds=${unit},Accounts=${one},AccountFilterType=INTERSECTION --regions eu-west-1 --no-retain-stacks`,
    );
    expect(notice?.text).toContain('DELETE_FAILED');
    expect(await hour([inoperable, stack(two)])).toEqual([
      'A stack of a member is inoperable',
      'A stack of a member failed',
    ]);
    expect(await hour([inoperable])).toEqual(['A stack of a member no longer failed']);
    expect(notices).toEqual([]);
  });

  it('fit into a notice, however many are inoperable', () => {
    const stacks = Array.from({ length: 300 }, (_, index) => ({
      ...stack(String(300_000_000_000 + index), 'r'.repeat(120)),
      inoperableIn: 'ou-abcd-11111111',
    }));
    const seen = { at: '2026-11-27T12:00:00Z', failed: stacks, running: [], isWhole: true };
    for (const notice of stackNews(seen, []).given) expect(() => noticeSchema.parse(notice)).not.toThrow();
  });

  it('are not called well while an operation tries them again', async () => {
    const { hour } = telling();
    await hour([stack(one)]);
    expect(await hour([], [stack(one)])).toEqual([]);
    expect(await hour([stack(one)])).toEqual([]);
    expect(await hour([])).toHaveLength(1);
  });

  it('are not told again by another process', async () => {
    const { hour, restart, sweep, notices } = telling();
    await hour([stack(one)]);
    restart();
    await sweep();
    expect(notices).toEqual([]);
    expect(await hour([stack(one)])).toEqual([]);
  });

  it('are not called well where there are more than can be kept', async () => {
    const { hour } = telling();
    const many = Array.from({ length: 1_001 }, (_, index) =>
      stack(String(500_000_000_000 + index), 'x'.repeat(900)),
    );
    expect(await hour([stack(one), ...many])).toEqual(['1000 stacks of members failed']);
    expect(await hour([...many, stack(one)])).toEqual(['A stack of a member failed']);
  });

  it('are nothing to tell of before a reconcile has looked', async () => {
    const { sweep, notices } = telling();
    await sweep();
    expect(notices).toEqual([]);
  });
});
