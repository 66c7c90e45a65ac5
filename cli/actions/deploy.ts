import { customControls } from '../../controls/registry';
import { realWaiting } from '../../core/jittered';
import { verdictCodeOf } from '../../infra/verdict-code';
import { awsAccess } from '../../operator/aws/access';
import type { Cdk } from '../../operator/deploy/cdk';
import { deploy } from '../../operator/deploy/deploy';
import { deployPreview } from '../../operator/deploy/preview';
import { askJustDeployed, askPilot, type DoctorQuestion } from '../../operator/doctor/ask-deployed';
import { expectedAccounts } from '../../operator/doctor/expected-accounts';
import type { Hub } from '../../operator/hub/hub';
import { askStructure } from '../../operator/organization/ask-structure';
import { savedStructureOf } from '../../operator/organization/saved-structure';
import { loadPolicy } from '../../operator/policy-file';
import { printableJson } from '../../resources/kit/printable';
import { isAgreed } from '../asker/agreed';
import { withAssembly } from '../deploy/assembled';
import { cdkOn } from '../deploy/cdk-cli';
import { outcomeText } from '../deploy/outcome-text';
import { previewText } from '../deploy/preview-text';
import { withFile } from '../doctor/cure-lines';
import { verdictJson } from '../doctor/diagnosis-json';
import { diagnosisText } from '../doctor/diagnosis-text';
import { policyFile } from '../policy-file';
import { complain, say } from '../say';
import { standardOutput } from '../terminal';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch deploy`. */
export interface DeployOptions extends Pick<HubOptions, 'ordersUrl'> {
  yes?: boolean;
  previewOnly?: boolean;
  json?: boolean;
}

/**
 * Shows what a policy deploys, and deploys it.
 * @param given the policy's file; the project's own where left out
 * @returns the exit status
 */
export async function runDeploy(given: string | undefined, options: DeployOptions): Promise<number> {
  const { yes, previewOnly, json, ...place } = options;
  const { organization } = loadPolicy(...policyFile(given));
  const { hub: hubPlace } = organization;
  const [path] = policyFile(given);
  return withAssembly(path, organization, (assembly, directory) =>
    withHub({ ...place, region: hubPlace.region }, async (hub) => {
      const structure = savedStructureOf(await askStructure(hub));
      const preview = deployPreview(assembly, expectedAccounts(organization, structure), organization);
      // Whoever reads JSON gets what came of it; the preview is for people.
      (json ? complain : say)(previewText(preview, hubPlace, standardOutput()));
      if (previewOnly) return 0;
      if (!(await isAgreed(yes, (asker) => asker.agrees('Deploy this?')))) return 1;
      const question: DoctorQuestion = {
        access: awsAccess,
        organization,
        verdictCode: verdictCodeOf(customControls),
        now: new Date(),
      };
      return deployed(hub, question, {
        cdk: cdkOn(directory),
        stacks: assembly.stacks.map(({ stackName }) => stackName),
        json: json === true,
        file: given,
      });
    }),
  );
}

/** What a deployment runs with. */
interface Run {
  cdk: Cdk;
  stacks: readonly string[];
  json: boolean;
  /** The policy's file, as the person at the keyboard named it. */
  file: string | undefined;
}

async function deployed(
  hub: Hub,
  question: DoctorQuestion,
  { cdk, stacks, json, file }: Run,
): Promise<number> {
  const {
    stacks: outcomes,
    diagnosis,
    stoppedAtPilot,
    ok,
  } = await deploy({
    access: awsAccess,
    host: hub.host,
    hub: question.organization.hub,
    pause: realWaiting.pause,
    cdk,
    stacks,
    doctor: {
      pilot: () => askPilot(hub, { ...question, now: new Date() }),
      all: () => askJustDeployed(hub, { ...question, now: new Date() }),
    },
  });
  if (json) {
    const verdicts = diagnosis?.verdicts.map((verdict) => verdictJson(verdict, diagnosis, file)) ?? [];
    process.stdout.write(`${printableJson({ ok, stoppedAtPilot, stacks: outcomes, verdicts })}\n`);
    return ok ? 0 : 1;
  }
  const terminal = standardOutput();
  say(outcomeText(outcomes, 'deployed', terminal));
  if (diagnosis) say(`\n${diagnosisText(diagnosis, terminal, { file })}`);
  if (stoppedAtPilot) say('The pilot is not well, so that nothing else was deployed.');
  say(
    ok
      ? `Everything is deployed. How it is later:\n  ${withFile('doctor', file)}`
      : `To go on where it stopped:\n  ${withFile('deploy', file)}`,
  );
  return ok ? 0 : 1;
}
