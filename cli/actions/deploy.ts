import { basename } from 'node:path';
import type { Organization } from '../../config/organization';
import type { SavedStructure } from '../../config/saved-structure';
import { loadStructure, structureFileOf } from '../../config/structure-file';
import { customControls } from '../../controls/registry';
import { realWaiting } from '../../core/jittered';
import { verdictCodeOf } from '../../infra/verdict-code';
import { awsAccess } from '../../operator/aws/access';
import { answered } from '../../operator/aws/reading';
import type { Cdk } from '../../operator/deploy/cdk';
import { checkCaller } from '../../operator/deploy/check-caller';
import { deploy } from '../../operator/deploy/deploy';
import { earlierSets } from '../../operator/deploy/earlier-sets';
import type { StackWork } from '../../operator/deploy/one-stack';
import { deployPreview } from '../../operator/deploy/preview';
import { makeWay, retryFailed } from '../../operator/deploy/retry/retry-failed';
import { askJustDeployed, askPilot, type DoctorQuestion } from '../../operator/doctor/ask-deployed';
import type { ExpectedAccount } from '../../operator/doctor/deployed/facts';
import { expectedAccounts } from '../../operator/doctor/expected-accounts';
import type { Hub } from '../../operator/hub/hub';
import { askStructure } from '../../operator/organization/ask-structure';
import { savedStructureOf } from '../../operator/organization/saved-structure';
import { loadPolicy } from '../../operator/policy-file';
import { printableJson } from '../../resources/kit/printable';
import { checkAnswerable, isAgreed } from '../asker/agreed';
import { withAssembly } from '../deploy/assembled';
import { cdkOn } from '../deploy/cdk-cli';
import { structureNews, structureNewsText } from '../deploy/old-structure';
import { outcomeText, retrialLines } from '../deploy/outcome-text';
import { earlierSetsText, previewText } from '../deploy/preview-text';
import { withFile } from '../doctor/cure-lines';
import { verdictJson } from '../doctor/diagnosis-json';
import { diagnosisText } from '../doctor/diagnosis-text';
import { policyFile } from '../policy-file';
import { complain, say } from '../say';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch deploy`. */
export interface DeployOptions extends Pick<HubOptions, 'ordersUrl'> {
  account?: string;
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
  const { account, yes, previewOnly, json, ...place } = options;
  if (account !== undefined) {
    const { runDeployAccount } = await import('../deploy/account-runs.ts');
    return runDeployAccount(given, { ...options, account });
  }
  const [path, name] = policyFile(given);
  const { organization } = loadPolicy(path, name);
  if (!previewOnly) await checkAnswerable(yes);
  const { hub: hubPlace } = organization;
  return withHub({ ...place, region: hubPlace.region }, async (hub) => {
    // Before anything is synthesized or read: both take minutes.
    await hub.ask('caller', () => checkCaller(awsAccess, hubPlace, 'the hub'));
    return withAssembly(path, organization, async (assembly, directory) => {
      const structure = savedStructureOf(await askStructure(hub));
      const accounts = expectedAccounts(organization, structure);
      const preview = deployPreview(assembly, accounts, organization);
      // Whoever reads JSON gets what came of it; the preview is for people.
      (json ? complain : say)(previewText(preview, hubPlace, standardOutput()));
      const earlier = await answered(() => earlierSets({ access: awsAccess, home: hubPlace }));
      if (earlier.length > 0) (json ? complain : say)(earlierSetsText(earlier));
      checkStructure(organization, path, structure, given);
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
        accounts,
        json: json === true,
        file: given,
      });
    });
  });
}

/**
 * Compares the structure file with the organization.
 * @throws UserError where another structure would have something deployed elsewhere
 */
function checkStructure(
  organization: Organization,
  path: string,
  live: SavedStructure,
  given: string | undefined,
): void {
  const saved = loadStructure(path);
  const news = saved && structureNews(organization, saved, live);
  if (news === undefined) return;
  complain(structureNewsText(news, basename(structureFileOf(path))));
  const command = `  ${withFile('structure', given)}`;
  if (news.isElsewhere)
    throw new UserError(
      `By it something would be deployed where it does not belong, or be missing. Nothing was deployed. Read the organization anew, and deploy again:\n${command}`,
    );
  complain(`What is deployed is the same. To read it anew:\n${command}`);
}

/** What a deployment runs with. */
interface Run {
  cdk: Cdk;
  stacks: readonly string[];
  accounts: readonly ExpectedAccount[];
  json: boolean;
  /** The policy's file, as the person at the keyboard named it. */
  file: string | undefined;
}

async function deployed(
  hub: Hub,
  question: DoctorQuestion,
  { cdk, stacks, accounts, json, file }: Run,
): Promise<number> {
  const work: StackWork = {
    access: awsAccess,
    host: hub.host,
    home: question.organization.hub,
    pause: realWaiting.pause,
  };
  const {
    stacks: outcomes,
    retried,
    diagnosis,
    stoppedAtPilot,
    ok,
  } = await answered(() =>
    deploy({
      ...work,
      cdk,
      stacks,
      makeWay: () =>
        makeWay(
          work,
          accounts.filter(({ pilot }) => pilot),
        ),
      retry: (part) =>
        retryFailed(
          work,
          accounts.filter(({ pilot }) => pilot === (part === 'pilot')),
        ),
      doctor: {
        pilot: () => askPilot(hub, { ...question, now: new Date() }),
        all: () => askJustDeployed(hub, { ...question, now: new Date() }),
      },
    }),
  );
  if (json) {
    const verdicts = diagnosis?.verdicts.map((verdict) => verdictJson(verdict, diagnosis, file)) ?? [];
    process.stdout.write(`${printableJson({ ok, stoppedAtPilot, stacks: outcomes, retried, verdicts })}\n`);
    return ok ? 0 : 1;
  }
  const terminal = standardOutput();
  say(outcomeText(outcomes, 'deployed', terminal));
  for (const line of retrialLines(retried)) say(line);
  if (diagnosis) say(`\n${diagnosisText(diagnosis, terminal, { file })}`);
  if (stoppedAtPilot) say('The pilot is not well, so that nothing else was deployed.');
  say(
    ok
      ? `Everything is deployed. How it is later:\n  ${withFile('doctor', file)}`
      : `To go on where it stopped:\n  ${withFile('deploy', file)}`,
  );
  return ok ? 0 : 1;
}
