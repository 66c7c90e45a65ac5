import type { Grant } from './acl';
import type { BlockSettings } from './model';
import { blockSettingNames } from './model';

/*
 * S3 may answer the parts of a bucket in another form than it was given them. What is compared here is what they mean.
 */

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

function grantKeys(grants: readonly Grant[]): string[] {
  return grants.map(grantKey).sort();
}

function grantKey({ Grantee: { URI, ID, EmailAddress }, Permission }: Grant): string {
  return JSON.stringify([URI ?? ID ?? EmailAddress, Permission]);
}
