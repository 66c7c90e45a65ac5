import { type DiffLine, heading } from '../kit/diff-line';
import { policyChangeLines, policyLines } from '../kit/policy/shown';
import { printable } from '../kit/printable';
import type { Shown } from '../kit/resource-type';
import type { Grant } from './acl';
import { type BucketChange, isBucketChange } from './changes';
import { grantLine } from './grant-line';
import { type BlockSettings, blockSettingNames, bucketFromApi } from './model';

/** How buckets are shown. */
export const shownBucket: Shown = {
  /** Everything that decides who can reach the bucket. */
  savedLines(saved) {
    const bucket = bucketFromApi(saved);
    const grants = bucket.grants.map(grantLine);
    return [
      `name: ${printable(bucket.name)}`,
      `object ownership: ${printable(bucket.objectOwnership ?? 'not set')}`,
      `website: ${bucket.website ? 'yes' : 'no'}`,
      'block public access:',
      ...settingsLines(bucket.publicAccessBlock),
      'block public access of the account:',
      ...settingsLines(bucket.accountPublicAccessBlock),
      ...(grants.length === 0 ? ['grants: none'] : ['grants:', ...grants.sort().map((line) => `  ${line}`)]),
      ...policyLines(bucket.policy),
    ];
  },

  /** What becomes of each part, under the change's sentence. */
  changeLines(change) {
    return isBucketChange(change) ? [heading(change), ...linesOf(change)] : undefined;
  },
};

function settingsLines(settings: BlockSettings): string[] {
  return blockSettingNames.map((name) => `  ${name}: ${settings[name]}`);
}

function linesOf(change: BucketChange): DiffLine[] {
  switch (change.action) {
    case 'removeGrant':
      return [{ kind: 'goes', text: grantLine(grantOf(change)) }];
    case 'blockPublicAccess':
      return blockSettingNames.flatMap((name): DiffLine[] => {
        const [before, after] = [change.before, change.settings].map((of) => printable(String(of[name])));
        if (before === after) return [{ kind: 'stays', text: `${name}: ${after}` }];
        return [
          { kind: 'goes', text: `${name}: ${before}` },
          { kind: 'comes', text: `${name}: ${after}` },
        ];
      });
    default:
      return policyChangeLines(change);
  }
}

/** ACLs are public by groups alone. */
function grantOf({ grantee, permission }: { grantee: string; permission: string }): Grant {
  return { Grantee: { Type: 'Group', URI: grantee }, Permission: permission };
}
