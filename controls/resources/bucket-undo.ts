import type { Change } from '../control';
import { type BlockSettings, blockSettingNames } from './bucket';
import { type Grant, nameOfGrantee } from './bucket-acl';
import {
  aclDifferences,
  blockDifferences,
  ownershipDifferences,
  policyDifferences,
} from './bucket-differences';
import { grantsWithout, meaningOf } from './bucket-meaning';
import {
  aclPart,
  type BucketPart,
  blockPart,
  policyPart,
  type SavedBucket,
  type SeenAcl,
  savedBucket,
} from './bucket-parts';
import { type BucketPolicy, nameOfStatement } from './bucket-policy';
import { readHistory, type Trace, trace } from './bucket-trace';
import type { PlanUndo } from './undo';

/**
 * One change of an undo. `before` is what has to be there when it is written; what it becomes may be there already.
 */
export type BucketUndoChange =
  /** `settings` are all four as they become; null where the bucket had none. */
  | {
      action: 'restorePublicAccessBlock';
      text: string;
      before: BlockSettings | null;
      settings: BlockSettings | null;
    }
  /** `grants` are the whole ACL's. */
  | { action: 'restoreAcl'; text: string; before: Grant[]; grants: Grant[] }
  /** `policy` is the text that was there before the fix; `before` is null where there is no policy. */
  | { action: 'restorePolicy'; text: string; before: string | null; policy: string };

const undoActions: ReadonlySet<string> = new Set<BucketUndoChange['action']>([
  'restorePublicAccessBlock',
  'restoreAcl',
  'restorePolicy',
]);

/** Whether a change is one of a bucket's undo. */
export function isBucketUndoChange(change: Change | BucketUndoChange): change is BucketUndoChange {
  return undoActions.has(change.action);
}

/** What a part becomes: `to`, where it has to be written; else what differs from what the fix left. */
type Undone<Value> = { differences: string[] } | { from: Value; to: Value } | undefined;

/**
 * Plans how a bucket gets back what a fix took. The block settings go first: they would refuse the rest, and hide the
 * public grants of the ACL. Only the parts that the fix wrote are written.
 */
export const planUndo: PlanUndo = (history, state) => {
  const read = readHistory(history);
  const now = savedBucket(state);
  const last = read.after ?? read.steps.at(-1)?.saved ?? now;

  const block = undone('block settings', blockPart, trace(read, blockPart), now, blockDifferences);
  const policy = undone('policy', policyPart, trace(read, policyPart), now, policyDifferences);
  const acl = undoneAcl(trace(read, aclPart), now);

  const differences = [
    ...ownershipDifferences(last.bucket, now.bucket),
    ...[block, acl, policy].flatMap((part) => (part && 'differences' in part ? part.differences : [])),
  ];
  if (differences.length > 0) return { kind: 'changed', differences };
  const changes: BucketUndoChange[] = [
    ...(block && 'to' in block ? [restoreBlock(block)] : []),
    ...(acl && 'to' in acl ? [restoreAcl(acl)] : []),
    ...(policy && 'to' in policy ? restorePolicy(policy) : []),
  ];
  return { kind: 'undo', changes };
};

function undone<Value>(
  name: string,
  part: BucketPart<Value>,
  traced: Trace<Value>,
  saved: SavedBucket,
  differencesOf: (left: Value, now: Value) => string[],
): Undone<Value> {
  const now = part.of(saved);
  if (traced.kind === 'mixed') {
    return { differences: [`Somebody else changed the ${name} while the bucket was being fixed.`] };
  }
  if (traced.kind === 'touched' && part.same(now, traced.original)) return undefined;
  if (!part.same(now, traced.left)) return { differences: differencesOf(traced.left, now) };
  return traced.kind === 'touched' ? { from: now, to: traced.original } : undefined;
}

/**
 * An ACL that does not show all is taken for what the fix left. Once IgnorePublicAcls, which the fix turned on, is off
 * again, all of it is seen, right before it is written.
 */
function undoneAcl(traced: Trace<SeenAcl>, saved: SavedBucket): Undone<SeenAcl> {
  const now = aclPart.of(saved);
  if (traced.kind !== 'touched' || !now.partial) return undone('ACL', aclPart, traced, saved, aclDifferences);
  if (!aclPart.same(now, traced.left)) return { differences: aclDifferences(traced.left, now) };
  if (!saved.bucket.accountPublicAccessBlock.IgnorePublicAcls) {
    return { from: traced.left, to: traced.original };
  }
  return {
    differences: [
      'IgnorePublicAcls is on for the account since the fix, and hides what the ACL grants to everybody.',
    ],
  };
}

function restoreBlock({
  from,
  to,
}: {
  from: BlockSettings | null;
  to: BlockSettings | null;
}): BucketUndoChange {
  const off = blockSettingNames.filter((name) => from?.[name] && !to?.[name]).join(', ');
  return {
    action: 'restorePublicAccessBlock',
    text: to === null ? `Turn off ${off}: the bucket had no block settings.` : `Turn off ${off}.`,
    before: from,
    settings: to,
  };
}

function restoreAcl({ from, to }: { from: SeenAcl; to: SeenAcl }): BucketUndoChange {
  const given = grantsWithout(to.grants, from.grants).map(
    (grant) => `${grant.Permission} to ${nameOfGrantee(grant)}`,
  );
  return {
    action: 'restoreAcl',
    text: `Give back in the ACL: ${given.join(', ')}.`,
    before: [...from.grants],
    grants: [...to.grants],
  };
}

function restorePolicy({
  from,
  to,
}: {
  from: BucketPolicy | undefined;
  to: BucketPolicy | undefined;
}): BucketUndoChange[] {
  // No fix makes a policy where there was none.
  if (to === undefined) return [];
  const there = new Set(from?.statements.map(meaningOf));
  const names = to.statements.flatMap((statement, index) =>
    there.has(meaningOf(statement)) ? [] : [nameOfStatement(index, statement)],
  );
  const text =
    from === undefined
      ? 'Put the deleted policy back.'
      : `Put the policy back as it was, with ${names.join(', ')}.`;
  return [{ action: 'restorePolicy', text, before: from?.text ?? null, policy: to.text }];
}
