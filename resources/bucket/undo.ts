import { policyChangesIn } from '../kit/policy/changes';
import { samePolicy } from '../kit/policy/meaning';
import type { ResourcePolicy } from '../kit/policy/resource-policy';
import { restorePolicy } from '../kit/policy/restore';
import { type PolicyLimits, undonePolicy } from '../kit/policy/undo';
import { type ReadHistory, readHistory, type Touched, type Trace, trace, type Undone } from '../kit/trace';
import type { PlanUndo } from '../kit/undo';
import { isPublicGrant } from './acl';
import { aclPart, blockPart, policyPart, type SavedBucket, type SeenAcl, savedBucket } from './parts';
import { undoneAcl } from './undo-acl';
import { blockAtEnd, blockDifferences, type SettingName, without } from './undo-block';
import { keptOutBy, restoreAcl, restoreBlock } from './undo-changes';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
const policyLimits: PolicyLimits = { service: 'S3', maximumBytes: 20 * 1024 };

/**
 * Plans how a bucket gets back what a fix took. The block settings go first: they would refuse the rest, and hide the
 * public grants of the ACL. Only what the fix wrote is compared and written, setting by setting, grant by grant, statement by
 * statement; what others changed beside it stays as it is now. Settings that were on before the fix, beside an older part that
 * they do not let in any more, are off while that part is written.
 */
export const planUndo: PlanUndo = (history, state) => {
  const read = readHistory(history, savedBucket);
  const now = savedBucket(state);
  const { accountPublicAccessBlock: account } = now.bucket;
  const block = trace(read, blockPart);
  const traced = { acl: trace(read, aclPart), policy: trace(read, policyPart) };
  const elsewhere = [...ownerDifferences(read, now), ...mixedDifferences({ block, ...traced })];
  if (block.kind === 'mixed') return { kind: 'changed', differences: elsewhere };

  const keptOut = settingsThatKeepOut(read, traced);
  const touched = Object.values(keptOut);
  const end = blockAtEnd(block, now.block, touched);
  const hiddenBy = account.IgnorePublicAcls ? 'account' : end?.IgnorePublicAcls ? 'bucket' : undefined;
  const acl = undone(traced.acl, (part) => undoneAcl(part, aclPart.of(now), now.bucket, hiddenBy));
  const policy = undone(traced.policy, (part) =>
    undonePolicy(
      part,
      policyPart.of(now),
      policyChangesIn(read.steps.flatMap(({ changes }) => changes)),
      policyLimits,
    ),
  );
  const written = [
    ...(acl.write && keptOut.acl ? [keptOut.acl] : []),
    ...(policy.write && keptOut.policy ? [keptOut.policy] : []),
  ];
  const differences = [
    ...elsewhere,
    ...acl.differences,
    ...policy.differences,
    ...blockDifferences(block, now.block, { touched, written }),
    ...written
      .filter((name) => account[name])
      .map((name) => `${name} is on for the account, so that S3 does not take back what was there.`),
  ];
  if (differences.length > 0) return { kind: 'changed', differences };
  const meanwhile = without(end, written);
  return {
    kind: 'undo',
    changes: [
      ...restoreBlock(now.block, meanwhile, end),
      ...(acl.write ? [restoreAcl(acl.write)] : []),
      ...(policy.write ? [restorePolicy(policy.write)] : []),
      ...restoreBlock(meanwhile, end, end),
    ],
  };
};

function undone<Value, Written>(
  traced: Trace<Value>,
  undoneOf: (touched: Touched<Value>) => Undone<Written>,
): Undone<Written> {
  return traced.kind === 'touched' ? undoneOf(traced) : { differences: [] };
}

/** Another owner means another bucket of the same name. */
function ownerDifferences({ steps, after }: ReadHistory<SavedBucket>, now: SavedBucket): string[] {
  const last = after ?? steps.at(-1)?.saved ?? now;
  const isSame = last.bucket.owner?.ID === now.bucket.owner?.ID;
  return isSame ? [] : ['The bucket has another owner since the fix.'];
}

function mixedDifferences(traced: Record<'block' | 'acl' | 'policy', Trace<unknown>>): string[] {
  const names = { block: 'block settings', acl: 'ACL', policy: 'policy' };
  return (['block', 'acl', 'policy'] as const)
    .filter((part) => traced[part].kind === 'mixed')
    .map((part) => `Somebody else changed the ${names[part]} while the bucket was being fixed.`);
}

/**
 * The settings that keep S3 from taking back parts that the fix wrote. What AWS did not say of a policy, it may say now: that it is
 * public.
 */
function settingsThatKeepOut(
  { steps }: ReadHistory<SavedBucket>,
  { acl, policy }: { acl: Trace<SeenAcl>; policy: Trace<ResourcePolicy | undefined> },
): { acl?: SettingName; policy?: SettingName } {
  const isPublic = (one: ResourcePolicy | undefined) =>
    steps.find(({ saved }) => samePolicy(saved.bucket.policy, one))?.saved.bucket.policyIsPublic !== false;
  const isAclKeptOut = acl.kind === 'touched' && acl.original.grants.some(isPublicGrant);
  const isPolicyKeptOut = policy.kind === 'touched' && isPublic(policy.original);
  return {
    ...(isAclKeptOut && { acl: keptOutBy.restoreAcl }),
    ...(isPolicyKeptOut && { policy: keptOutBy.restorePolicy }),
  };
}
