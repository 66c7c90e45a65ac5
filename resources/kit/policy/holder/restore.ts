import { RefusedError } from '../../../../core/errors';
import type { Change } from '../../../../core/plan';
import { errorCodeOf, messageOf } from '../../aws-error';
import { ChangedMeanwhileError, type OnApplied } from '../../live-resource';
import { samePolicy } from '../meaning';
import { readPolicy } from '../resource-policy';
import { isPolicyRestoration, type PolicyRestoration } from '../restore';
import type { PolicyCalls } from './calls';
import type { HolderKind } from './kind';

/**
 * Makes the changes of an undo. No such service has a conditional write, so the policy is read again right before, and passed over
 * where it is already what it should become.
 * @throws ChangedMeanwhileError when the policy is neither what it was planned from nor what it should become
 * @throws RefusedError with the service's words for what it will not take back
 */
export async function undoInHolder(
  calls: PolicyCalls,
  kind: HolderKind,
  changes: readonly Change[],
  onApplied: OnApplied,
): Promise<void> {
  for (const change of changes) {
    if (!isPolicyRestoration(change)) {
      throw new RefusedError(`The undo's change "${change.action}" is not one of a ${kind.noun}.`);
    }
    try {
      if (await write(calls, kind, change)) onApplied([change]);
    } catch (error) {
      throw explained(change, error, kind);
    }
  }
}

/** @returns whether anything had to be written */
async function write(
  calls: PolicyCalls,
  { noun }: HolderKind,
  { before, policy }: PolicyRestoration,
): Promise<boolean> {
  const read = (text: string | null | undefined) => (text ? readPolicy(text, 'Policy') : undefined);
  const now = read(await calls.readPolicy());
  if (samePolicy(now, read(policy))) return false;
  if (!samePolicy(now, read(before))) {
    throw new ChangedMeanwhileError(`the ${noun}'s policy is not any more as it was read.`);
  }
  await calls.writePolicy(policy, 'undo');
  return true;
}

function explained(
  { text }: PolicyRestoration,
  error: unknown,
  { noun, gone, refusals, limits: { service } }: HolderKind,
): unknown {
  const code = errorCodeOf(error) ?? '';
  const options = { cause: error };
  if (gone.includes(code)) return new ChangedMeanwhileError(`the ${noun} is gone.`, options);
  if (!refusals.includes(code)) return error;
  return new RefusedError(
    `${service} does not take it back (${text}): ${code}: ${messageOf(error)}`,
    options,
  );
}
