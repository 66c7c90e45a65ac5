import type { Json } from '../../core/json';
import { isFields } from '../kit/input';
import type { Grant } from './acl';
import type { BlockSettings } from './model';
import { blockSettingNames } from './model';
import type { BucketPolicy } from './policy';

/*
 * S3 may answer the parts of a bucket in another form than it was given them. What is compared here is what they mean.
 */

/** Whether two policies say the same, statement by statement; undefined stands for no policy. */
export function samePolicy(one: BucketPolicy | undefined, other: BucketPolicy | undefined): boolean {
  return policyMeaning(one) === policyMeaning(other);
}

/**
 * A statement, or a part of one, as a text that is the same for all forms of the same meaning. A list with one element
 * means what the element means, and the order of values means nothing:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function meaningOf(value: Json | undefined): string {
  if (Array.isArray(value)) {
    const [first] = value;
    return value.length === 1 ? meaningOf(first) : `[${value.map(meaningOf).sort().join(',')}]`;
  }
  if (!isFields(value)) return JSON.stringify(String(value));
  const fields = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}:${meaningOf(part)}`);
  return `{${fields.sort().join(',')}}`;
}

/** Whether two ACLs grant the same, in whatever order. What AWS shows as a grantee's name is not looked at. */
export function sameGrants(one: readonly Grant[], other: readonly Grant[]): boolean {
  return grantKeys(one).join() === grantKeys(other).join();
}

/** The elements of `some` that `others` do not have; of equal ones as many as there are more. */
export function grantsWithout(some: readonly Grant[], others: readonly Grant[]): Grant[] {
  const left = grantKeys(others);
  return some.filter((grant) => {
    const index = left.indexOf(grantKey(grant));
    if (index === -1) return true;
    left.splice(index, 1);
    return false;
  });
}

/** Whether two block settings block the same; null stands for none, which block nothing. */
export function sameSettings(one: BlockSettings | null, other: BlockSettings | null): boolean {
  return blockSettingNames.every((name) => (one?.[name] ?? false) === (other?.[name] ?? false));
}

function policyMeaning(policy: BucketPolicy | undefined): string {
  if (policy === undefined) return '';
  const { Statement: _statement, ...rest } = policy.document;
  return [meaningOf(rest), ...policy.statements.map(meaningOf)].join('\n');
}

function grantKeys(grants: readonly Grant[]): string[] {
  return grants.map(grantKey).sort();
}

function grantKey({ Grantee: { URI, ID, EmailAddress }, Permission }: Grant): string {
  return JSON.stringify([URI ?? ID ?? EmailAddress, Permission]);
}
