import type { Change } from '../control';
import { type BlockSettings, blockSettingNames } from './bucket';
import { type Grant, isPublicGrant, nameOfGrantee } from './bucket-acl';
import {
  aclDifferences,
  blockDifferences,
  ownershipDifferences,
  policyDifferences,
} from './bucket-differences';
import { grantsWithout, meaningOf, samePolicy } from './bucket-meaning';
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
import { type BucketHistory, readHistory, type Trace, trace } from './bucket-trace';
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

/**
 * The setting that keeps S3 from taking back a part that is public:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export const keptOutBy = {
  restoreAcl: 'BlockPublicAcls',
  restorePolicy: 'BlockPublicPolicy',
} as const satisfies Partial<Record<BucketUndoChange['action'], keyof BlockSettings>>;

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
 * public grants of the ACL. Only the parts that the fix wrote are written. Settings that were on before the fix, beside an older
 * part that they do not let in any more, are off while that part is written.
 */
export const planUndo: PlanUndo = (history, state) => {
  const read = readHistory(history);
  const now = savedBucket(state);
  const last = read.after ?? read.steps.at(-1)?.saved ?? now;

  const traced = { policy: trace(read, policyPart), acl: trace(read, aclPart) };
  const policy = undone('policy', policyPart, traced.policy, now, policyDifferences);
  const acl = undoneAcl(traced.acl, now);
  const written = keptOut(read, {
    ...(acl && 'to' in acl && { acl: acl.to }),
    ...(policy && 'to' in policy && { policy: policy.to }),
  });
  const touched = keptOut(read, {
    ...(traced.acl.kind === 'touched' && { acl: traced.acl.original }),
    ...(traced.policy.kind === 'touched' && { policy: traced.policy.original }),
  });
  const block = undoneBlock(trace(read, blockPart), now, { written, touched });

  const differences = [
    ...ownershipDifferences(last.bucket, now.bucket),
    ...[block, acl, policy].flatMap((part) => (part && 'differences' in part ? part.differences : [])),
    ...written
      .filter((name) => now.bucket.accountPublicAccessBlock[name])
      .map((name) => `${name} is on for the account, so that S3 does not take back what was there.`),
  ];
  if (differences.length > 0 || 'differences' in block) return { kind: 'changed', differences };
  const changes: BucketUndoChange[] = [
    ...block.first,
    ...(acl && 'to' in acl ? [restoreAcl(acl)] : []),
    ...(policy && 'to' in policy ? restorePolicy(policy) : []),
    ...block.last,
  ];
  return { kind: 'undo', changes };
};

/** The settings that keep S3 from taking parts as they were. What AWS did not say of a policy, it may say now: that it is public. */
function keptOut(
  { steps }: BucketHistory,
  { acl, policy }: { acl?: SeenAcl; policy?: BucketPolicy | undefined },
): (keyof BlockSettings)[] {
  const isPublic = (one: BucketPolicy) =>
    steps.find(({ saved }) => samePolicy(saved.bucket.policy, one))?.saved.bucket.policyIsPublic !== false;
  return [
    ...(acl?.grants.some(isPublicGrant) ? [keptOutBy.restoreAcl] : []),
    ...(policy && isPublic(policy) ? [keptOutBy.restorePolicy] : []),
  ];
}

/**
 * The writes of the block settings, before the other parts and after them. Where an earlier undo stopped in between, settings that
 * keep out a part that the fix wrote are still off, though they were on before the fix.
 */
function undoneBlock(
  traced: Trace<BlockSettings | null>,
  saved: SavedBucket,
  { written, touched }: Record<'written' | 'touched', readonly (keyof BlockSettings)[]>,
): { differences: string[] } | Record<'first' | 'last', BucketUndoChange[]> {
  if (traced.kind === 'mixed') {
    return { differences: ['Somebody else changed the block settings while the bucket was being fixed.'] };
  }
  const now = blockPart.of(saved);
  const end = traced.kind === 'touched' ? traced.original : traced.left;
  const isKnown = [traced.left, end, without(end, touched)].some((known) => blockPart.same(now, known));
  if (!isKnown) return { differences: blockDifferences(traced.left, now) };
  const meanwhile = without(end, written);
  return { first: restoreBlock(now, meanwhile, end), last: restoreBlock(meanwhile, end, end) };
}

function without(
  settings: BlockSettings | null,
  names: readonly (keyof BlockSettings)[],
): BlockSettings | null {
  return settings && { ...settings, ...Object.fromEntries(names.map((name) => [name, false])) };
}

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

/** @param end what is there once all is undone */
function restoreBlock(
  from: BlockSettings | null,
  to: BlockSettings | null,
  end: BlockSettings | null,
): BucketUndoChange[] {
  if (blockPart.same(from, to)) return [];
  const more = (some: BlockSettings | null, others: BlockSettings | null) =>
    blockSettingNames.filter((name) => some?.[name] && !others?.[name]).join(', ');
  const [off, on, forNow] = [more(from, to), more(to, from), more(end, to)];
  const why = to === null ? ': the bucket had no block settings' : '';
  const texts = [
    ...(off ? [`Turn off ${off}${why}.`] : []),
    ...(on ? [`Turn on ${on} again.`] : []),
    ...(forNow ? [`At the end ${forNow} is on, as before the fix.`] : []),
  ];
  return [{ action: 'restorePublicAccessBlock', text: texts.join(' '), before: from, settings: to }];
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
