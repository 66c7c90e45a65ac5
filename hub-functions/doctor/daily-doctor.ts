import type { CompiledPolicy } from '../../config/compiled';
import { logLines } from '../../core/log-lines';
import { type OrganizationTree, structureOf } from '../../ledger/organization/organization-tree';
import type { DoctorGap, DoctorGaps } from '../../ledger/told/doctor-gaps';
import type { AwsAccess } from '../../operator/aws/access';
import { dailyChecks } from '../../operator/doctor/deployed/checks';
import type { ProbeClock } from '../../operator/doctor/deployed/probes/probe-deployment';
import { readDeployed } from '../../operator/doctor/deployed/read/read-deployed';
import { accountsByPolicy } from '../../operator/doctor/expected-accounts';
import { isWell, judged } from '../../operator/doctor/verdict';
import { printable } from '../../resources/kit/printable';

/** What the daily doctor takes. */
export interface DailyDoctorParts {
  policy: CompiledPolicy;
  /** @throws NoTreeError where none is kept that is younger than a day */
  tree: () => Promise<OrganizationTree>;
  access: AwsAccess;
  /** The coordinator tells of what is written here. */
  gaps: Pick<DoctorGaps, 'write'>;
  clock: ProbeClock;
  log: { info(message: string, more: object): void };
}

/**
 * Asks every covered account and Region how it is, as `staunch doctor` does, probes included, and writes what is not well. What the ledger and
 * the stack sets tell is told by others already. It changes nothing, and may run twice: each run takes the place of the one before.
 * @throws NoTreeError, OperatorError for a policy that is not resolved, AWS's own error when it cannot be written: nothing is told then
 */
export async function dailyDoctor(parts: DailyDoctorParts): Promise<void> {
  const { policy, tree, access, gaps, clock, log } = parts;
  const accounts = accountsByPolicy(policy, structureOf(await tree()));
  const facts = await readDeployed(
    { progress: (_what, work) => work() },
    { access, policy, accounts, verdictCode: policy.verdictCode ?? {}, now: clock.now(), probes: clock },
  );
  const verdicts = judged(dailyChecks, facts);
  const found = verdicts
    .filter((verdict) => !isWell(verdict))
    .map(
      ({ check, accountId, region, text }): DoctorGap => ({
        // A member's own recorder may have any name.
        ...{ check, text: printable(text) },
        ...(accountId !== undefined && { accountId }),
        ...(region !== undefined && { region }),
      }),
    );
  await gaps.write(found, clock.now());
  log.info(logLines.doctored, { checks: verdicts.length, gaps: found.length });
}
