import type { CompiledPolicy } from '../../config/compiled';
import { customControls } from '../../controls/registry';
import { realWaiting } from '../../core/jittered';
import { verdictCodeOf } from '../../infra/verdict-code';
import { awsAccess } from '../../operator/aws/access';
import { askBefore } from '../../operator/doctor/ask-before';
import { askDeployed } from '../../operator/doctor/ask-deployed';
import { deployedPolicy } from '../../operator/hub/deployed-policy';
import type { Hub } from '../../operator/hub/hub';
import { loadPolicy } from '../../operator/policy-file';
import { printableJson } from '../../resources/kit/printable';
import { staunch } from '../after-error';
import { verdictJson } from '../doctor/diagnosis-json';
import { diagnosisText } from '../doctor/diagnosis-text';
import { policyFile } from '../policy-file';
import { sandboxEndpoint } from '../sandbox-endpoint';
import { say } from '../say';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch doctor`. */
export interface DoctorOptions extends HubOptions {
  before?: boolean;
  account?: string;
  memberRole?: string;
  all?: boolean;
  /** Whether probes are sent; true where left out. */
  probes?: boolean;
  json?: boolean;
}

/**
 * Says whether a deployment works, or whether an organization is ready for one.
 * @param given the policy's file; the project's own where left out
 * @returns the exit status
 */
export async function runDoctor(given: string | undefined, options: DoctorOptions): Promise<number> {
  const { before, account, memberRole, all = false, json, probes = true, ...place } = options;
  const inSandbox = given === undefined && !before && sandboxEndpoint() !== undefined;
  const organization = inSandbox ? undefined : loadPolicy(...policyFile(given)).organization;
  const region = place.region ?? organization?.hub.region;
  const diagnosis = await withHub({ ...place, ...(region !== undefined && { region }) }, async (hub) =>
    before && organization
      ? askBefore(hub, {
          access: awsAccess,
          organization,
          ...(memberRole !== undefined && { memberRole }),
        })
      : askDeployed(hub, {
          access: awsAccess,
          organization: organization ?? (await policyOfSandbox(hub)),
          verdictCode: verdictCodeOf(customControls),
          ...(account !== undefined && { account }),
          now: new Date(),
          ...(probes && { probes: { ...realWaiting, now: () => new Date() } }),
        }),
  );
  if (json)
    for (const verdict of diagnosis.verdicts)
      process.stdout.write(`${printableJson(verdictJson(verdict, diagnosis, given))}\n`);
  else say(diagnosisText(diagnosis, standardOutput(), { all, file: given }));
  return diagnosis.isWell ? 0 : 1;
}

/**
 * The policy by which a sandbox works: the project's own speaks of another organization.
 * @throws UserError where the sandbox does not tell it to whoever asks
 */
async function policyOfSandbox(hub: Hub): Promise<CompiledPolicy> {
  const deployed = await deployedPolicy(hub, undefined);
  if ('policy' in deployed) return deployed.policy;
  throw new UserError(
    `${deployed.unknown}\nName the file that the sandbox wrote:\n  ${staunch} doctor $(find .staunch -name sandbox-policy.yaml)`,
    2,
  );
}
