import type { JsonObject } from '../../core/json';
import type { Plan } from '../../core/plan';
import { nameOfGrantee } from '../../resources/bucket/acl';
import type { BucketChange } from '../../resources/bucket/changes';
import { type BlockSettings, type Bucket, blockSettingNames } from '../../resources/bucket/model';
import type { PolicyChange } from '../../resources/kit/policy/changes';
import { closingChanges } from '../../resources/kit/policy/closing';
import { notTakenBack } from '../../resources/kit/policy/deleted-principals';
import { principalsOf } from '../../resources/kit/policy/principals';
import { nameOfStatement } from '../../resources/kit/policy/resource-policy';
import { type Danger, dangerOf, policyRules } from './danger';
import type { PublicAccessParameters } from './parameters';

/**
 * The change that makes a bucket private again, and keeps it so; empty when it is.
 * @throws RefusedError when S3's own verdict on the policy is another than ours, or the policy cannot be edited.
 * @throws ResourceInputError when the policy is malformed.
 */
export function plan(bucket: Bucket, { fix }: PublicAccessParameters): Plan<BucketChange> {
  const danger = dangerOf(bucket);
  if (danger.grants.length + danger.statements.length === 0) return { changes: [], lossy: false, losses: [] };
  const closing = fix === 'surgical' ? closingChanges(bucket.policy, danger.statements, policyRules) : [];
  const losses = [
    ...(bucket.website ? ['The bucket serves a website, which visitors will not reach any more.'] : []),
    ...(fix === 'lockdown' ? lockdownLosses(bucket, danger) : []),
    ...notTakenBack(bucket.policy, closing, policyRules.service),
  ];
  return {
    changes: fix === 'lockdown' ? block(bucket, blockSettingNames) : surgical(bucket, danger, closing),
    lossy: losses.length > 0,
    losses,
  };
}

/**
 * The settings come first, so that a fix that stops anywhere leaves the bucket either dangerous still, and planned for
 * again, or closed by IgnorePublicAcls. After the removal they would be missing for ever: the bucket would comply.
 * They never stand in the way of the removal, which makes nothing public.
 */
function surgical(bucket: Bucket, danger: Danger, closing: readonly PolicyChange[]): BucketChange[] {
  return [
    ...block(bucket, [
      // Objects may have public ACLs of their own, which only IgnorePublicAcls closes.
      ...(danger.grants.length > 0 ? (['BlockPublicAcls', 'IgnorePublicAcls'] as const) : []),
      ...(danger.statements.length > 0 ? (['BlockPublicPolicy'] as const) : []),
    ]),
    ...danger.grants.map(
      (grant): BucketChange => ({
        action: 'removeGrant',
        text: `Take ${grant.Permission} from ${nameOfGrantee(grant)} in the ACL.`,
        grantee: grant.Grantee.URI ?? '',
        permission: grant.Permission,
      }),
    ),
    ...closing,
  ];
}

function block(bucket: Bucket, names: readonly (keyof BlockSettings)[]): BucketChange[] {
  const before = bucket.publicAccessBlock;
  const added = names.filter((name) => !before[name]);
  if (added.length === 0) return [];
  const settings = { ...before };
  for (const name of added) settings[name] = true;
  return [{ action: 'blockPublicAccess', text: `Turn on ${added.join(', ')}.`, before, settings }];
}

/** RestrictPublicBuckets cuts a public policy down to the owner's account and AWS's services. */
function lockdownLosses(bucket: Bucket, danger: Danger): string[] {
  if (danger.statements.length === 0) return [];
  const cut = (bucket.policy?.statements ?? []).flatMap((statement, index) => {
    if (statement.Effect !== 'Allow') return [];
    const { named, everybody } = principalsOf(statement, `Policy.Statement[${index}]`);
    const isLimited = everybody && !danger.statements.some((candidate) => candidate.index === index);
    return isLimited || namesOthers(named, bucket.accountId) ? [nameOfStatement(index, statement)] : [];
  });
  return cut.length === 0 ? [] : [`Other accounts lose what the policy's ${cut.join(', ')} grants them.`];
}

/** Whether principals lie outside of the owner's account, or may: it is not always known. */
function namesOthers(named: JsonObject | undefined, accountId: string | undefined): boolean {
  return Object.entries(named ?? {}).some(([kind, value]) => {
    if (kind === 'Service') return false;
    if (accountId === undefined) return true;
    return ![value].flat().every((name) => typeof name === 'string' && accountOf(name) === accountId);
  });
}

/** The account of `arn:aws:iam::111122223333:root`, or of a bare account id; undefined of anything else. */
function accountOf(principal: string): string | undefined {
  return /^(?:arn:[^:]+:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(principal)?.[1];
}
