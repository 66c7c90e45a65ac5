import { RefusedError } from '../../../../core/errors';
import type { Plan } from '../../../../core/plan';
import { errorCodeOf, messageOf } from '../../aws-error';
import { ChangedMeanwhileError, type OnApplied } from '../../live-resource';
import { isPolicyChange, policyAfter } from '../changes';
import type { PolicyCalls } from './calls';
import type { HolderKind } from './kind';
import type { PolicyHolder } from './model';

/**
 * Makes a plan's changes, all of them in one write. No such service has a conditional write, so the policy is read again right before.
 * @param resource what the plan was made from
 * @throws ChangedMeanwhileError when the policy is not any more as it was read
 * @throws RefusedError when the plan holds something else, or the service does not take the policy as it would become
 */
export async function applyToHolder(
  calls: PolicyCalls,
  kind: HolderKind,
  { changes }: Plan,
  { policy }: PolicyHolder,
  onApplied: OnApplied,
): Promise<void> {
  const other = changes.find((change) => !isPolicyChange(change));
  if (other) throw new RefusedError(`The plan's change "${other.action}" is not one of a ${kind.noun}.`);
  const after = policyAfter(policy, changes);
  try {
    if ((await calls.readPolicy()) !== policy?.text) {
      throw new ChangedMeanwhileError(`the ${kind.noun}'s policy is not any more as it was read.`);
    }
    await calls.writePolicy(after?.text, 'fix');
  } catch (error) {
    throw explained(error, kind);
  }
  onApplied(changes);
}

/** What the service's refusal means for the plan. */
function explained(error: unknown, { noun, gone, refusals, limits: { service } }: HolderKind): unknown {
  const code = errorCodeOf(error) ?? '';
  const options = { cause: error };
  if (gone.includes(code)) return new ChangedMeanwhileError(`the ${noun} is gone.`, options);
  if (!refusals.includes(code)) return error;
  return new RefusedError(
    `${service} does not take the policy without its public part: ${messageOf(error)}`,
    options,
  );
}
