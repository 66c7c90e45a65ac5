import { meaningOf } from './meaning';
import { nameOfStatement } from './resource-policy';
import type { PolicyWrite } from './undo';

/** The write of a policy by an undo. `before` is what has to be there when it is written; null where there is no policy. */
export type PolicyRestoration = {
  action: 'restorePolicy';
  text: string;
  before: string | null;
  /** The text as it becomes. */
  policy: string;
};

/** Whether a change is the write of a policy by an undo. */
export function isPolicyRestoration(change: { action: string }): change is PolicyRestoration {
  return change.action === 'restorePolicy';
}

/** The write of the policy. Statements are numbered as they were before the fix. */
export function restorePolicy({ from, to, original }: PolicyWrite): PolicyRestoration {
  const there = new Set(from?.statements.map(meaningOf));
  const names = original.statements
    .flatMap((one, index) => (there.has(meaningOf(one)) ? [] : [nameOfStatement(index, one)]))
    .join(', ');
  const text =
    from === undefined
      ? 'Put the deleted policy back.'
      : names === ''
        ? 'Remove from the policy what the fix made of statements that are there again.'
        : to === original
          ? `Put the policy back as it was, with ${names}.`
          : `Restore ${names} in the policy, and keep what was changed beside it since the fix.`;
  return { action: 'restorePolicy', text, before: from?.text ?? null, policy: to.text };
}
