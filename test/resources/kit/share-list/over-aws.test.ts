import { RefusedError } from '../../../../core/errors';
import type { Change, Plan } from '../../../../core/plan';
import { ChangedMeanwhileError } from '../../../../resources/kit/live-resource';
import { applyShareRemovals } from '../../../../resources/kit/share-list/apply';
import { sharePlan } from '../../../../resources/kit/share-list/plan';
import { restoreShares } from '../../../../resources/kit/share-list/restore';
import { sharedWithNobody } from '../../../../resources/kit/share-list/shared-resource';
import { planShareUndo } from '../../../../resources/kit/share-list/undo';
import { FakeShares, own, resource, words } from './support';

const [first, second, third] = ['222222222222', '333333333333', '444444444444'] as const;
const trusted = { trustedAccounts: [own] };
const shared = { everybody: true, accounts: [first, second, third], organizations: [] };

function apply(calls: FakeShares, plan: Plan): Promise<Change[]> {
  const made: Change[] = [];
  return applyShareRemovals(calls, words, plan, (some) => made.push(...some)).then(() => made);
}

/** The undo's changes of a plan that was made whole. */
function undoOf(plan: Plan, now = resource(sharedWithNobody)): Change[] {
  const read = (state: unknown) => state as typeof now;
  const before = resource(shared) as never;
  const step = { before, changes: plan.changes, made: plan.changes };
  const planned = planShareUndo(read, words)({ steps: [step], after: now as never }, now as never);
  if (planned.kind === 'changed') throw new Error(planned.differences.join(' '));
  return [...planned.changes];
}

const everything = sharePlan(resource(shared), trusted, words);

describe('a fix of a share list', () => {
  it('takes all of a plan with one call, and with several where one takes fewer', async () => {
    const whole = new FakeShares(shared);
    expect(await apply(whole, everything)).toEqual(everything.changes);
    expect(whole.wrote).toHaveLength(1);
    const parts = new FakeShares(shared, 3);
    expect(await apply(parts, everything)).toEqual(everything.changes);
    expect(parts.wrote).toHaveLength(2);
    expect([whole.share, parts.share]).toEqual([sharedWithNobody, sharedWithNobody]);
  });

  it('takes nobody where somebody of the plan is gone from the list: their owner took them, not the fix', async () => {
    const calls = new FakeShares({ ...shared, everybody: false });
    await expect(apply(calls, everything)).rejects.toThrow(
      new ChangedMeanwhileError('the snapshot is not shared with everybody any more.'),
    );
    expect(calls.wrote).toEqual([]);
  });

  it('leaves alone whoever came to the list meanwhile', async () => {
    const calls = new FakeShares({ ...shared, accounts: [...shared.accounts, '555555555555'] });
    await apply(calls, everything);
    expect(calls.share.accounts).toEqual(['555555555555']);
  });

  it('is refused where it holds what is no change of a share list, and changed where the resource is gone', async () => {
    const foreign = { changes: [{ action: 'revoke', text: '' }], lossy: false, losses: [] };
    await expect(apply(new FakeShares(shared), foreign)).rejects.toThrow(RefusedError);
    const calls = new FakeShares(shared);
    calls.isGone = true;
    await expect(apply(calls, everything)).rejects.toThrow(ChangedMeanwhileError);
  });
});

describe("the undo of a share list's fix", () => {
  it('gives back everybody whom the fix took, and passes over who is there again', async () => {
    const calls = new FakeShares({ ...sharedWithNobody, accounts: [second] });
    const given: Change[] = [];
    await restoreShares(calls, words, undoOf(everything), (some) => given.push(...some));
    expect([...calls.share.accounts].sort()).toEqual([first, second, third]);
    expect(calls.share.everybody).toBe(true);
    expect(given).toHaveLength(3);
  });

  it('has nothing to do where all are there', () => {
    expect(undoOf(everything, resource(shared))).toEqual([]);
  });

  it('gives back the version that was shared', () => {
    const share = { ...sharedWithNobody, everybody: true, versions: { 'group all': '$LATEST' } };
    const plan = sharePlan(resource(share), { trustedAccounts: [] }, words);
    const read = (state: unknown) => state as ReturnType<typeof resource>;
    const step = { before: resource(share) as never, changes: plan.changes, made: plan.changes };
    const undo = planShareUndo(read, words)({ steps: [step] }, resource(sharedWithNobody) as never);
    expect(undo).toMatchObject({ changes: [{ group: 'all', version: '$LATEST' }] });
  });

  it('keeps whoever came since', () => {
    const now = resource({ ...sharedWithNobody, accounts: ['555555555555'] });
    expect(undoOf(everything, now)).toHaveLength(4);
  });

  it('changes nothing of another resource of that name', () => {
    const read = (state: unknown) => state as ReturnType<typeof resource>;
    const made = { ...resource(shared), createdAt: '2026-01-01T00:00:00.000Z' };
    const other = { ...resource(sharedWithNobody), createdAt: '2026-02-01T00:00:00.000Z' };
    const step = { before: made as never, changes: everything.changes, made: everything.changes };
    expect(planShareUndo(read, words)({ steps: [step] }, other as never)).toEqual({
      kind: 'changed',
      differences: ['The snapshot was deleted since the fix, and another was made.'],
    });
  });

  it("says AWS's words where it does not take somebody back, and takes again whom it gave before", async () => {
    const calls = new FakeShares(sharedWithNobody, 2, [{ account: third }]);
    const given: Change[] = [];
    await expect(
      restoreShares(calls, words, undoOf(everything), (some) => given.push(...some)),
    ).rejects.toThrow(new RefusedError('EC2 does not take it back: Refused: AWS says no.'));
    expect(calls.share).toEqual(sharedWithNobody);
    expect(given).toEqual([]);
  });
});
