import type { JsonObject } from '../../contract/json';
import { type BlockSettings, type Bucket, blockSettingNames } from './bucket';
import { type Grant, nameOfGrantee } from './bucket-acl';
import { meaningOf } from './bucket-meaning';
import { moreGrants, type SeenAcl } from './bucket-parts';
import { type BucketPolicy, nameOfStatement } from './bucket-policy';

/*
 * How a bucket differs from what a fix left behind, one sentence each.
 */

/** What of the ACL is new, and what is gone. */
export function aclDifferences(left: SeenAcl, now: SeenAcl): string[] {
  const say = (words: string) => (grant: Grant) =>
    `The ACL ${words} ${grant.Permission} to ${nameOfGrantee(grant)} since the fix.`;
  return [...moreGrants(now, left).map(say('grants')), ...moreGrants(left, now).map(say('does not grant'))];
}

/** Which statements of the policy are new, and which are gone. */
export function policyDifferences(left: BucketPolicy | undefined, now: BucketPolicy | undefined): string[] {
  if (now === undefined) return ['The policy is gone since the fix.'];
  if (left === undefined) return ['There is a policy since the fix, which the fix did not leave.'];
  const others = [
    ...namesOfMore(now, left).map((name) => `${name} is new`),
    ...namesOfMore(left, now).map((name) => `the fix left ${name}, which is gone`),
  ];
  const what =
    others.length === 0 ? 'its statements are in another order, or what is around them' : others.join('; ');
  return [`The policy is another one since the fix: ${what}.`];
}

/** Which block settings are on that were off, and the other way round. */
export function blockDifferences(left: BlockSettings | null, now: BlockSettings | null): string[] {
  return blockSettingNames.flatMap((name) => {
    const isOn = now?.[name] ?? false;
    return isOn === (left?.[name] ?? false) ? [] : [`${name} is ${isOn ? 'on' : 'off'} since the fix.`];
  });
}

/** Who owns the bucket and its objects. */
export function ownershipDifferences(left: Bucket, now: Bucket): string[] {
  const [was, is] = [left.objectOwnership ?? 'not set', now.objectOwnership ?? 'not set'];
  return [
    ...(left.owner?.ID === now.owner?.ID ? [] : ['The bucket has another owner since the fix.']),
    ...(was === is ? [] : [`The object ownership is ${is} since the fix; the fix left it ${was}.`]),
  ];
}

function namesOfMore(some: BucketPolicy, others: BucketPolicy): string[] {
  const there = new Set(others.statements.map(meaningOf));
  return some.statements.flatMap((statement: JsonObject, index) =>
    there.has(meaningOf(statement)) ? [] : [nameOfStatement(index, statement)],
  );
}
