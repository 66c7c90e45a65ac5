import type { Change } from '../../core/plan';
import { printable } from '../../operator/text/printable';
import type { Grant } from '../../resources/bucket/acl';
import { type BucketChange, isBucketChange } from '../../resources/bucket/changes';
import { blockSettingNames } from '../../resources/bucket/model';
import {
  isSecurityGroupChange,
  ruleOf,
  type SecurityGroupChange,
} from '../../resources/security-group/changes';
import { type DiffLine, diffLinesOf } from './diff-line';
import { grantLine } from './grant-line';
import { jsonDiff, jsonLines, jsonTextLines } from './json-diff';
import { ruleLine } from './rule-line';

/**
 * Changes as a diff: a line for each rule of a security group, those that go first; for a bucket, what becomes of each
 * part, in the order of the plan. Pure.
 */
export function changeDiff(changes: readonly Change[]): DiffLine[] {
  const rules = changes.filter(isSecurityGroupChange).flatMap(linesOf);
  return [
    ...rules.filter(({ kind }) => kind === 'goes'),
    ...rules.filter(({ kind }) => kind !== 'goes'),
    ...changes.filter((change) => !isSecurityGroupChange(change)).flatMap(linesOf),
  ];
}

function linesOf(change: Change): DiffLine[] {
  try {
    if (isSecurityGroupChange(change)) return [ruleChange(change)];
    if (isBucketChange(change)) return [heading(change), ...bucketChange(change)];
  } catch {
    // It was written by another version. Its sentence says what it does.
  }
  return [heading(change)];
}

function heading({ text }: Pick<Change, 'text'>): DiffLine {
  return { kind: 'heading', text: printable(text) };
}

function ruleChange(change: SecurityGroupChange): DiffLine {
  return { kind: change.action === 'revoke' ? 'goes' : 'comes', text: ruleLine(ruleOf(change)) };
}

function bucketChange(change: BucketChange): DiffLine[] {
  switch (change.action) {
    case 'removeGrant':
      return [{ kind: 'goes', text: grantLine(grantOf(change)) }];
    case 'removeStatement':
      return diffLinesOf('goes', jsonLines(change.statement));
    case 'editStatement':
      return jsonDiff(change.before, change.after);
    case 'deletePolicy':
      return diffLinesOf('goes', jsonTextLines(change.policy));
    case 'blockPublicAccess':
      return blockSettingNames.flatMap((name): DiffLine[] => {
        const [before, after] = [change.before, change.settings].map((of) => printable(String(of[name])));
        if (before === after) return [{ kind: 'stays', text: `${name}: ${after}` }];
        return [
          { kind: 'goes', text: `${name}: ${before}` },
          { kind: 'comes', text: `${name}: ${after}` },
        ];
      });
  }
}

/** ACLs are public by groups alone. */
function grantOf({ grantee, permission }: { grantee: string; permission: string }): Grant {
  return { Grantee: { Type: 'Group', URI: grantee }, Permission: permission };
}
