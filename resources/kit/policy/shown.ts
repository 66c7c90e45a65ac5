import { type DiffLine, diffLinesOf } from '../diff-line';
import { jsonDiff, jsonLines, jsonTextLines } from '../json-lines';
import type { PolicyChange } from './changes';
import type { ResourcePolicy } from './resource-policy';

/** A policy that was saved, as lines. */
export function policyLines(policy: ResourcePolicy | undefined): string[] {
  return policy === undefined ? ['policy: none'] : ['policy:', ...jsonTextLines(policy.text)];
}

/** What becomes of the statements that a change is about. */
export function policyChangeLines(change: PolicyChange): DiffLine[] {
  switch (change.action) {
    case 'removeStatement':
      return diffLinesOf('goes', jsonLines(change.statement));
    case 'editStatement':
      return jsonDiff(change.before, change.after);
    case 'deletePolicy':
      return diffLinesOf('goes', jsonTextLines(change.policy));
  }
}
