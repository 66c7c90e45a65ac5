import type { Change } from '../../../../core/plan';
import { policyAfter } from '../changes';
import type { PolicyHolder } from './model';

/** The resource as it is after changes of a plan. */
export function withChanges(
  { policy: before, ...rest }: PolicyHolder,
  changes: readonly Change[],
): PolicyHolder {
  const policy = policyAfter(before, changes);
  return policy === undefined ? rest : { ...rest, policy };
}
