import type { Organization } from '../../config/organization';
import { accountIdPattern } from '../../core/finding';
import { realWaiting } from '../../core/jittered';
import { accountStackName } from '../../core/names';
import { awsAccess } from '../../operator/aws/access';
import { answered } from '../../operator/aws/reading';
import { accountPreview } from '../../operator/deploy/account/account-preview';
import {
  type AccountOutcome,
  type AccountWork,
  checkAccount,
  deployAccount,
  destroyAccount,
} from '../../operator/deploy/account/account-work';
import { checkCaller } from '../../operator/deploy/check-caller';
import { loadPolicy } from '../../operator/policy-file';
import { printableJson } from '../../resources/kit/printable';
import { isAgreed } from '../asker/agreed';
import { withFile } from '../doctor/cure-lines';
import { policyFile } from '../policy-file';
import { complain, say } from '../say';
import { standardOutput } from '../terminal';
import { terminalHost } from '../terminal-host';
import { UserError } from '../user-error';
import { withAccountAssembly } from './assembled';
import { cdkOn } from './cdk-cli';
import { outcomeText } from './outcome-text';
import { accountPreviewText } from './preview-text';

/** What both commands take for one account. */
export interface AccountOptions {
  /** `management`, or an id. */
  account: string;
  yes?: boolean;
  previewOnly?: boolean;
  json?: boolean;
}

/**
 * Shows what one account gets by stacks of its own, and deploys it.
 * @param given the policy's file; the project's own where left out
 * @returns the exit status
 * @throws UserError when `account` means none; OperatorError when AWS refuses, or nothing can be deployed there
 */
export async function runDeployAccount(given: string | undefined, options: AccountOptions): Promise<number> {
  const { organization, account, work } = workOf(given, options);
  await answered(() => checkAccount(work));
  return withAccountAssembly(
    policyFile(given)[0],
    { organization, account },
    async ({ stacks }, directory) => {
      const preview = accountPreview(
        work.regions.flatMap((region) => stacks.filter((stack) => stack.region === region)),
      );
      (options.json ? complain : say)(accountPreviewText(preview, account, standardOutput()));
      if (options.previewOnly) return 0;
      if (!(await isAgreed(options.yes, (asker) => asker.agrees('Deploy this?')))) return 1;
      const outcome = await answered(() => deployAccount({ ...work, cdk: cdkOn(directory) }));
      return ended(outcome, 'deployed', options, withFile(`deploy --account ${options.account}`, given));
    },
  );
}

/**
 * Removes an account's own stacks.
 * @param given the policy's file; the project's own where left out
 * @returns the exit status
 * @throws UserError when `account` means none; OperatorError when AWS refuses
 */
export async function runDestroyAccount(given: string | undefined, options: AccountOptions): Promise<number> {
  const { organization, account, work } = workOf(given, options);
  const [region = ''] = work.regions;
  await answered(() => checkCaller(awsAccess, { account, region }, 'the account that was asked for'));
  const places = work.regions.join(', ');
  (options.json ? complain : say)(
    `This deletes the stack ${accountStackName} from account ${account} in ${places}. What was fixed stays fixed, and nothing is watched there any more.`,
  );
  const isMeant = await isAgreed(options.yes, async (asker) => {
    const answer = await asker.text({
      message: `The account's id, to remove Staunch from it:`,
      problem: (id) => (id === account || id === '' ? undefined : `The account is ${account}.`),
    });
    return answer === account;
  });
  if (!isMeant) return 1;
  return withAccountAssembly(policyFile(given)[0], { organization, account }, async (_, directory) => {
    const outcome = await answered(() => destroyAccount({ ...work, cdk: cdkOn(directory) }));
    return ended(outcome, 'removed', options, withFile(`destroy --account ${options.account}`, given));
  });
}

/** What is worked on, and how; the CDK follows once there is an assembly. */
function workOf(
  given: string | undefined,
  options: AccountOptions,
): { organization: Organization; account: string; work: Omit<AccountWork, 'cdk'> } {
  const { organization } = loadPolicy(...policyFile(given));
  const { hub, regions } = organization;
  const account =
    options.account === 'management' ? organization.organization.managementAccount : options.account;
  if (!accountIdPattern.test(account))
    throw new UserError(
      `--account is ${JSON.stringify(options.account)}, and should be management, or an id of 12 digits.`,
      2,
    );
  const work = {
    access: awsAccess,
    host: terminalHost,
    pause: realWaiting.pause,
    account,
    regions: [hub.region, ...regions.filter((region) => region !== hub.region)],
  };
  return { organization, account, work };
}

function ended({ stacks, ok }: AccountOutcome, done: string, options: AccountOptions, again: string): number {
  if (options.json) process.stdout.write(`${printableJson({ ok, stacks })}\n`);
  else {
    say(outcomeText(stacks, done, standardOutput()));
    if (!ok) say(`To go on where it stopped:\n  ${again}`);
  }
  return ok ? 0 : 1;
}
