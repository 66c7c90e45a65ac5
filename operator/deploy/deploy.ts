import { stackNames } from '../../core/names';
import type { Diagnosis } from '../doctor/doctor';
import type { Cdk } from './cdk';
import { checkCaller } from './check-caller';
import { type StackOutcome, type StackWork, workOn } from './one-stack';
import { deployOrder } from './order';
import { removeLeft } from './remove-left';
import { stackStatus } from './stack-status';

/** What a deployment is made of. */
export interface DeployWork extends StackWork {
  cdk: Cdk;
  /** Names of the stacks that the policy has. */
  stacks: readonly string[];
  /** What the doctor says of the pilot's accounts, and, in the end, of all. */
  doctor: { pilot(): Promise<Diagnosis>; all(): Promise<Diagnosis> };
}

/** What came of a deployment. */
export interface Deployment {
  /** In the order in which they were deployed; the last one is the one that failed. */
  stacks: readonly StackOutcome[];
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
  const { access, hub, cdk } = work;
  await checkCaller(work);
  const { status } = await stackStatus(access, { region: hub.region }, stackNames.hub);
  const done: StackOutcome[] = [];
  // What both stacks make in an account has the same names: the pilot that there is no more goes before the rest takes its accounts.
  const left = work.stacks.includes(stackNames.pilot) ? undefined : await removeLeft(work, stackNames.pilot);
  if (left !== undefined) done.push(left);
  if (left?.ok === false) return { stacks: done, stoppedAtPilot: false, ok: false };
  const first = isFirst(status);
  for (const stack of deployOrder(work.stacks, first)) {
    // What an earlier hub left, its ledger and its bucket, has fixed names: it becomes the new one's, also where a run that tried it before
    // was ended or rolled back.
    const adopt = stack === stackNames.hub && first;
    const outcome = await workOn(work, stack, `Deploying ${stack}`, (progress) =>
      cdk.deploy(stack, { adopt }, progress),
    );
    done.push(outcome);
    if (!outcome.ok) return { stacks: done, stoppedAtPilot: false, ok: false };
    if (stack !== stackNames.pilot) continue;
    const diagnosis = await work.doctor.pilot();
    if (!diagnosis.isWell) return { stacks: done, diagnosis, stoppedAtPilot: true, ok: false };
  }
  const diagnosis = await work.doctor.all();
  return { stacks: done, diagnosis, stoppedAtPilot: false, ok: diagnosis.isWell };
}

/** A hub that was never there in whole is made first again. */
function isFirst(status: string | undefined): boolean {
  return (
    status === undefined ||
    /^(CREATE_IN_PROGRESS|CREATE_FAILED|REVIEW_IN_PROGRESS|ROLLBACK_|DELETE_)/.test(status)
  );
}
