import type { JsonObject } from '../../../core/json';
import { type ResourcePolicy, readPolicy, replaceStatements } from './resource-policy';

/** One change of a resource's policy. Indexes are places in the policy as it is before any change, from 0. */
export type PolicyChange =
  | { action: 'removeStatement'; text: string; index: number; statement: JsonObject }
  | { action: 'editStatement'; text: string; index: number; before: JsonObject; after: JsonObject }
  /** `policy` is the text that goes. */
  | { action: 'deletePolicy'; text: string; policy: string };

/** The actions of these changes. */
export const policyActions: ReadonlySet<string> = new Set<PolicyChange['action']>([
  'removeStatement',
  'editStatement',
  'deletePolicy',
]);

/** Whether a change is one of a policy. */
export function isPolicyChange(change: { action: string }): change is PolicyChange {
  return policyActions.has(change.action);
}

/** Those of a resource's changes that change its policy. */
export function policyChangesIn(changes: readonly { action: string }[]): PolicyChange[] {
  return changes.filter(isPolicyChange);
}

/**
 * The policy after a resource's changes; undefined where none is left. Its text is the old one where nothing changes it.
 * @throws RefusedError when the statements that stay cannot be written as they are
 */
export function policyAfter(
  policy: ResourcePolicy | undefined,
  changes: readonly { action: string }[],
): ResourcePolicy | undefined {
  if (policy === undefined || changes.some(({ action }) => action === 'deletePolicy')) return undefined;
  const statements: (JsonObject | undefined)[] = [...policy.statements];
  let changed = false;
  for (const change of policyChangesIn(changes)) {
    if (change.action === 'deletePolicy') continue;
    statements[change.index] = change.action === 'editStatement' ? change.after : undefined;
    changed = true;
  }
  return changed ? replaceStatements(policy, statements) : policy;
}

/** The statements that a change takes from a policy, as they were. */
export function takenStatements(change: PolicyChange): readonly JsonObject[] {
  switch (change.action) {
    case 'removeStatement':
      return [change.statement];
    case 'editStatement':
      return [change.before];
    case 'deletePolicy':
      return readPolicy(change.policy, 'Policy').statements;
  }
}
