import { RefusedError } from '../../core/errors';
import type { Plan } from '../../core/plan';
import { asUnconfirmed, errorCodeOf } from '../kit/aws-error';
import { ChangedMeanwhileError, LossyOnlyError, type OnApplied } from '../kit/live-resource';
import { callsOf, type GroupAccess, makeCall } from './calls';

/**
 * Makes a plan's changes, in its order. A rule that keeps a part of another has its description and its tags from the
 * beginning.
 * @throws ChangedMeanwhileError when a rule is not there any more, or there already
 * @throws LossyOnlyError when the group's rule quota does not allow to keep the harmless part of a rule
 * @throws RefusedError when the plan holds something that is no change of a rule
 * @throws StoppedError when nothing more may be written now
 */
export async function applyToGroup(access: GroupAccess, plan: Plan, onApplied: OnApplied): Promise<void> {
  for (const changes of callsOf(plan.changes)) {
    try {
      const { made, missing, isRepeated } = await makeCall(access, changes);
      onApplied(made);
      if (missing.length === 0) continue;
      const changed = new ChangedMeanwhileError(notThere);
      throw isRepeated ? asUnconfirmed(changed) : changed;
    } catch (error) {
      throw explained(error, plan);
    }
  }
}

const notThere = 'a rule that was to be revoked is not there any more.';

/**
 * What AWS's refusal means for the plan. Codes:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
function explained(error: unknown, plan: Plan): unknown {
  const options = { cause: error };
  switch (errorCodeOf(error)) {
    case 'InvalidPermission.NotFound':
      return new ChangedMeanwhileError(notThere, options);
    case 'InvalidPermission.Duplicate':
      return new ChangedMeanwhileError('a rule that was to be added is there already.', options);
    case 'InvalidGroup.NotFound':
      return new ChangedMeanwhileError('the group is gone.', options);
    case 'RulesPerSecurityGroupLimitExceeded':
      return withoutAdding(plan, options);
    default:
      return error;
  }
}

/** The plan that revokes alone, for a group that has no room for another rule. */
function withoutAdding(plan: Plan, options: ErrorOptions): Error {
  const added = plan.changes.filter(({ action }) => action === 'authorize');
  const changes = plan.changes.filter(({ action }) => action !== 'authorize');
  const reason = 'The quota of rules in the group leaves no room to keep the harmless part of a rule.';
  if (changes.length === 0) return new RefusedError(reason, options);
  const losses = [
    ...plan.losses,
    ...added.map(({ text }) => `For lack of room in the group this cannot be done: ${text}`),
  ];
  return new LossyOnlyError(reason, { changes, lossy: true, losses }, options);
}
