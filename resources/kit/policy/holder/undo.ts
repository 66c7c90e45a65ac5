import { readHistory, trace } from '../../trace';
import type { PlanUndo } from '../../undo';
import { policyChangesIn } from '../changes';
import { samePolicy } from '../meaning';
import { policyPartOf } from '../part';
import { restorePolicy } from '../restore';
import { undonePolicy } from '../undo';
import type { HolderKind } from './kind';
import type { PolicyHolder } from './model';

const policyPart = policyPartOf(({ policy }: PolicyHolder) => policy);

/**
 * Plans how a resource's policy gets back what a fix took. Only the statements that the fix wrote are compared and written; what others
 * changed beside them stays as it is now. Where AWS tells when a resource was made, another one of its name is left alone; where it does
 * not, a resource whose policy is not as the fix left it may be another one.
 */
export function holderUndo({ noun, limits, fromApi, isKnownByLooks }: HolderKind): PlanUndo {
  return (history, state) => {
    const read = readHistory(history, fromApi);
    const now = fromApi(state);
    const last = read.after ?? read.steps.at(-1)?.saved ?? now;
    const elsewhere =
      last.createdAt === now.createdAt
        ? []
        : [`The ${noun} was deleted since the fix, and another was made.`];
    const policy = trace(read, policyPart);
    if (policy.kind === 'mixed') {
      const mixed = `Somebody else changed the policy while the ${noun} was being fixed.`;
      return { kind: 'changed', differences: [...elsewhere, mixed] };
    }
    if (policy.kind === 'untouched') {
      return elsewhere.length > 0
        ? { kind: 'changed', differences: elsewhere }
        : { kind: 'undo', changes: [] };
    }
    const isAsLeft = [policy.left, policy.original].some((each) => samePolicy(now.policy, each));
    if (isKnownByLooks && !isAsLeft) {
      const other = `The policy is not as the fix left it, and ${limits.service} does not tell whether the ${noun} is still the same.`;
      return { kind: 'changed', differences: [...elsewhere, other] };
    }
    const changes = policyChangesIn(read.steps.flatMap((step) => step.changes));
    const { write, differences } = undonePolicy(policy, now.policy, changes, limits);
    const all = [...elsewhere, ...differences];
    if (all.length > 0) return { kind: 'changed', differences: all };
    return { kind: 'undo', changes: write === undefined ? [] : [restorePolicy(write)] };
  };
}
