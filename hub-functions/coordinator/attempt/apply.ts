import { planDigest } from '../../../core/plan-digest';
import { present } from '../../../core/present';
import type { DangerousLook } from '../../../core/remediation';
import { stateDigest } from '../../../core/state-digest';
import type { FindingRecord } from '../../../ledger/findings/record';
import { stillTaken } from '../../../ledger/transitions/checks';
import { beginFix } from '../../../ledger/transitions/take';
import type { IntendedFix } from '../deciding/gate';
import type { Answer } from '../member/remediation-result';
import { bounded, type Findings } from '../recording/bounded';
import { mayHaveChanged } from '../recording/may-have-changed';
import { shownTag } from '../recording/outcome';
import { giveBack } from './pass';
import type { Run } from './run';
import { NotSavedError, type SavedSteps } from './saving';
import { withMade } from './worked';

/** What is to be made. */
export interface Application {
  fix: IntendedFix;
  /** The plan to make; absent to complete earlier ones only. */
  look?: DangerousLook;
  /** Whether a lossy plan may be made in its place. */
  applyLossy: boolean;
  /** Value of the resource's tag `staunch:exempt-until`, where the look saw one. */
  exemptUntil?: string;
  /** What is told of it if the process dies. */
  shown: Findings;
}

/**
 * Has a plan made, or earlier ones completed: records that a fix is begun, saves what undoing it takes, has the remediation
 * function write with the remediation role, and saves the results.
 * @throws LeaseLostError; then nothing was changed
 */
export async function apply(run: Run, application: Application): Promise<Answer> {
  const { fix } = application;
  const writes = [...run.writes, run.parts.now().toISOString()];
  const answer = await saveAndWrite(run, application, writes);
  if (mayHaveChanged(answer)) {
    run.writes = writes;
    run.wrote = true;
    run.made.push(...(answer.step?.made ?? []), ...(answer.completed ?? []).flatMap(({ made }) => made));
    return answer;
  }
  await giveBack(run, fix);
  const failed = answer.outcome === 'failed' || answer.outcome === 'refused';
  // Of an account that cannot be reached people hear apart.
  if (failed && answer.unreachable === undefined) await countFailure(run, fix);
  return answer;
}

/** Records that the fix is begun, with what undoing it takes: both, or neither. */
async function begin(
  run: Run,
  application: Application,
  writes: string[],
): Promise<SavedSteps | NotSavedError> {
  const { fix, shown, look, exemptUntil } = application;
  const whole = withMade(run.made, shown.plan);
  const { violations, plan } = bounded({ violations: shown.violations, ...present({ plan: whole }) });
  const seen = look && {
    seenDigest: planDigest(look.plan),
    planDigest: planDigest(whole ?? look.plan),
    ...present({ exemptUntil: exemptUntil === undefined ? undefined : shownTag(exemptUntil) }),
  };
  const holder = run.taken.lease?.holder ?? '';
  const decide = (fresh: FindingRecord) =>
    beginFix(stillTaken(fresh), holder, { violations, ...present({ plan, seen }), writes });
  const own = look && { before: look.state, changes: look.plan.changes };
  try {
    return await run.saving.begin(own, async (puts) => {
      run.record = await run.parts.ledger.change(run.record, decide, puts);
    });
  } catch (error) {
    if (error instanceof NotSavedError) return error;
    await giveBack(run, fix);
    throw error;
  }
}

async function saveAndWrite(run: Run, application: Application, writes: string[]): Promise<Answer> {
  const { look, applyLossy } = application;
  const steps = await begin(run, application, writes);
  if (steps instanceof NotSavedError) return notSaved(steps);
  const { place, nextFreezeAt: writeBefore } = run.ruling;
  const answer = await run.ask({
    mode: 'apply',
    place,
    ...present({ writeBefore }),
    applyLossy,
    ...(look && { fix: { plan: look.plan, state: stateDigest(look.state), before: look.state } }),
    unfinished: steps.unfinished.map(({ step }) => step),
  });
  if (answer.unconfirmed) return answer;
  run.saving.end(steps, answer);
  // Whatever else comes may take its time before it is recorded, or have another round.
  if (answer.outcome !== 'fixed') await run.saving.flush();
  return answer;
}

function notSaved({ outcome, message: reason, errorCode }: NotSavedError): Answer {
  return { version: 2, outcome, violations: [], applied: 0, reason, ...present({ errorCode }) };
}

async function countFailure(run: Run, fix: IntendedFix): Promise<void> {
  try {
    await run.parts.gate.failed(fix);
  } catch (error) {
    run.warn('A failure was not counted', error);
  }
}
