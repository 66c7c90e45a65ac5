import { RefusedError } from '../../core/errors';
import type { Change } from '../../core/plan';
import { errorCodeOf, mayHaveBeenMade, messageOf } from '../kit/aws-error';
import { ChangedMeanwhileError, type OnApplied } from '../kit/live-resource';
import { type ChangesOfCall, callsOf, type GroupAccess, makeCall } from './calls';

/** What AWS says where a change is made already. */
const madeAlready = ['InvalidPermission.Duplicate', 'InvalidPermission.NotFound'];

/**
 * What AWS says to a rule that it does not take back, however often it is asked: no room in the group, a prefix list that
 * is gone or no longer shared, a rule that it does not allow any more.
 */
const refusals = [
  'RulesPerSecurityGroupLimitExceeded',
  'InvalidPrefixListID.NotFound',
  'InvalidPrefixListId.NotFound',
  'InvalidPermission.Malformed',
  'InvalidParameterValue',
];

/**
 * Makes the changes of an undo, in their order. AWS refuses a whole call for one change that is made already; the call's
 * changes are then made one by one, and that one is passed over. Where the call was sent twice, because its answer was lost, what
 * is made already is its own doing, as far as can be told.
 * Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 * @throws RefusedError with AWS's words for what it will not take back
 * @throws ChangedMeanwhileError when the group is gone
 */
export async function undoInGroup(
  access: GroupAccess,
  changes: readonly Change[],
  onApplied: OnApplied,
): Promise<void> {
  const make = async (call: ChangesOfCall, wasLost = false): Promise<void> => {
    try {
      const { made, isRepeated } = await makeCall(access, call);
      onApplied(wasLost || isRepeated ? call : made);
    } catch (error) {
      if (!madeAlready.includes(errorCodeOf(error) ?? '')) throw explained(error);
      const isOwn = wasLost || mayHaveBeenMade(error);
      if (call.length > 1) for (const change of call) await make([change], isOwn);
      else if (isOwn) onApplied(call);
    }
  };
  for (const call of callsOf(changes)) await make(call);
}

function explained(error: unknown): unknown {
  const code = errorCodeOf(error) ?? '';
  const options = { cause: error };
  if (code === 'InvalidGroup.NotFound') return new ChangedMeanwhileError('the group is gone.', options);
  if (!refusals.includes(code)) return error;
  return new RefusedError(`AWS does not take a rule back: ${code}: ${messageOf(error)}`, options);
}
