import { stackNames } from '../../core/names';
import type { Diagnosis } from '../doctor/doctor';
import type { Cdk } from './cdk';
import { checkCaller } from './check-caller';
import { earlierSets } from './earlier-sets';
import { type StackOutcome, type StackWork, workOn } from './one-stack';
import { deployOrder } from './order';
import { removeLeft } from './remove-left';
import type { Retrial } from './retry/retry-failed';
import { stackStatus } from './stack-status';

/** What a deployment is made of. */
export interface DeployWork extends StackWork {
  cdk: Cdk;
  /** Names of the stacks that the policy has. */
  stacks: readonly string[];
  /** Removes what stands in the pilot's way in accounts that were of the rest. */
  makeWay(): Promise<void>;
  /** Tries stacks of members again that have failed: of the pilot's accounts, or of the others. */
  retry(part: 'pilot' | 'rest'): Promise<Retrial>;
  /** What the doctor says of the pilot's accounts, and, in the end, of all. */
  doctor: { pilot(): Promise<Diagnosis>; all(): Promise<Diagnosis> };
}

/** What came of a deployment. */
export interface Deployment {
  /** In the order in which they were deployed; the last one is the one that failed. */
  stacks: readonly StackOutcome[];
  /** What came of trying failed stacks of members again. */
  retried: readonly Retrial[];
  /** What the doctor says last: of the pilot where that stopped the deployment, else of all. */
  diagnosis?: Diagnosis;
  /** Whether the pilot is not well, so that the rest was not deployed. */
  stoppedAtPilot: boolean;
  /** Whether all is deployed and well. */
  ok: boolean;
}

/**
 * Deploys everything that a policy has: the pilot before the rest, which follows only where the doctor finds the pilot well. It may be
 * called again at any time, and goes on where it stopped.
 * @throws the SDK's errors, and OperatorError of the doctor, or when the credentials are not the hub's
 */
export async function deploy(work: DeployWork): Promise<Deployment> {
  const { access, home, cdk } = work;
  await checkCaller(access, home, 'the hub');
  const { status } = await stackStatus(access, { region: home.region }, stackNames.hub);
  const done: StackOutcome[] = [];
  const retried: Retrial[] = [];
  // What both stacks make in an account has the same names: the pilot that there is no more goes before the rest takes its accounts.
  const left = work.stacks.includes(stackNames.pilot) ? undefined : await removeLeft(work, stackNames.pilot);
  if (left !== undefined) done.push(left);
  if (left?.ok === false) return { stacks: done, retried, stoppedAtPilot: false, ok: false };
  // So do the sets of an earlier version, with their stack: roles and rules of both have the same names.
  if ((await earlierSets(work)).length > 0) {
    const earlier = await removeLeft(work, stackNames.rest, 'with the stack sets of an earlier version');
    if (earlier !== undefined) done.push(earlier);
    if (earlier?.ok === false) return { stacks: done, retried, stoppedAtPilot: false, ok: false };
  }
  const first = isFirst(status);
  for (const stack of deployOrder(work.stacks, first)) {
    // What an earlier hub left, its ledger and its bucket, has fixed names: it becomes the new one's, also where a run that tried it before
    // was ended or rolled back.
    const adopt = stack === stackNames.hub && first;
    if (stack === stackNames.pilot) await work.makeWay();
    const outcome = await workOn(work, stack, `Deploying ${stack}`, (progress) =>
      cdk.deploy(stack, { adopt }, progress),
    );
    done.push(outcome);
    if (!outcome.ok) return { stacks: done, retried, stoppedAtPilot: false, ok: false };
    if (stack === stackNames.rest) retried.push(await work.retry('rest'));
    if (stack !== stackNames.pilot) continue;
    retried.push(await work.retry('pilot'));
    const diagnosis = await work.doctor.pilot();
    if (!diagnosis.isWell) return { stacks: done, retried, diagnosis, stoppedAtPilot: true, ok: false };
  }
  const diagnosis = await work.doctor.all();
  return { stacks: done, retried, diagnosis, stoppedAtPilot: false, ok: diagnosis.isWell };
}

/** A hub that was never there in whole is made first again. */
function isFirst(status: string | undefined): boolean {
  return (
    status === undefined ||
    /^(CREATE_IN_PROGRESS|CREATE_FAILED|REVIEW_IN_PROGRESS|ROLLBACK_|DELETE_)/.test(status)
  );
}
