import type { Cdk } from './cdk';
import { checkCaller } from './check-caller';
import { type StackOutcome, type StackWork, workOn } from './one-stack';
import { destroyOrder } from './order';
import { removeLeft } from './remove-left';
import { type KeptPart, takeKept } from './take-kept';

/** What removing takes. */
export interface DestroyWork extends StackWork {
  cdk: Cdk;
  /** Names of the stacks that the policy has; what an earlier policy had goes, too. */
  stacks: readonly string[];
  /** What is deleted too, which else stays. */
  take: readonly KeptPart[];
  /** Name of the bucket with AWS Config's history. */
  bucketName: string;
}

/** What came of removing. */
export interface Removal {
  stacks: readonly StackOutcome[];
  /** What was deleted beside the stacks. */
  taken: readonly string[];
  ok: boolean;
}

/**
 * Removes everything from every account, the hub last: nothing of it goes where something of the members is left. The ledger and the
 * delivery bucket stay unless they are to be taken. It may be called again at any time.
 * @throws the SDK's errors, and OperatorError when the credentials are not the hub's
 */
export async function destroy(work: DestroyWork): Promise<Removal> {
  const { access, home, take, bucketName, host } = work;
  await checkCaller(access, home, 'the hub');
  const done: StackOutcome[] = [];
  for (const stack of destroyOrder) {
    const outcome = work.stacks.includes(stack)
      ? await workOn(work, stack, `Removing ${stack}`, (progress) => work.cdk.destroy(stack, progress))
      : await removeLeft(work, stack);
    if (outcome === undefined) continue;
    done.push(outcome);
    if (!outcome.ok) return { stacks: done, taken: [], ok: false };
  }
  const taken = await host.progress('Deleting what is kept', () =>
    takeKept({ access, region: home.region, account: home.account, bucketName }, take),
  );
  return { stacks: done, taken, ok: true };
}
