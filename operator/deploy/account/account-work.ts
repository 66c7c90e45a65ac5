import { CloudFormationClient, paginateListStacks } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { accountStackId, accountStackName, memberAccessStackPrefix } from '../../../core/names';
import { withClient } from '../../aws/access';
import { isBootstrapped } from '../../aws/bootstrapped';
import { OperatorError } from '../../errors';
import { listed } from '../../text/listed';
import type { Cdk } from '../cdk';
import { checkCaller } from '../check-caller';
import { type StackOutcome, type StackWork, workOn } from '../one-stack';

/** What working on an account's own stacks takes: those of an account that no stack set reaches. */
export interface AccountWork extends Omit<StackWork, 'home'> {
  /** Twelve digits. */
  account: string;
  /** Regions in which it has a stack, the hub's first. */
  regions: readonly string[];
  cdk: Cdk;
}

const askedFor = 'the account that was asked for';

/** What came of an account's own stacks. */
export interface AccountOutcome {
  /** In the order in which they were worked on; the last one is the one that failed. */
  stacks: readonly StackOutcome[];
  ok: boolean;
}

/**
 * Makes sure that an account's own stacks can be made there, before anything is.
 * @throws OperatorError when the credentials are another account's, a stack set reaches the account, or it is not bootstrapped; the SDK's
 *   errors
 */
export async function checkAccount(work: Omit<AccountWork, 'cdk'>): Promise<void> {
  const [first = ''] = work.regions;
  await checkCaller(work.access, { account: work.account, region: first }, askedFor);
  if (await hasMemberStack(work, first))
    throw new OperatorError(
      `A stack set reaches account ${work.account}: what it brings has the same names. Nothing was done: deploying the whole organization is enough.`,
    );
  const missing: string[] = [];
  for (const region of work.regions) {
    const home = { account: work.account, region };
    const isReady = await withClient(work.access, S3Client, { region }, (s3) => isBootstrapped(s3, home));
    if (!isReady) missing.push(region);
  }
  if (missing.length === 0) return;
  const commands = missing.map((region) => `  npx cdk bootstrap aws://${work.account}/${region}`);
  throw new OperatorError(
    `Account ${work.account} is not bootstrapped for the AWS CDK in ${listed(missing)}. Nothing was done. With the same credentials:\n${commands.join('\n')}`,
  );
}

/**
 * Deploys an account's own stacks: the hub's Region first, since only there the roles are that the others use. It may be called again at
 * any time, and goes on where it stopped.
 * @throws OperatorError as `checkAccount` does; the SDK's errors
 */
export async function deployAccount(work: AccountWork): Promise<AccountOutcome> {
  await checkAccount(work);
  return eachRegion(work, work.regions, 'Deploying', (id, progress) =>
    work.cdk.deploy(id, { adopt: false }, progress),
  );
}

/**
 * Removes an account's own stacks, the roles last. It may be called again at any time.
 * @throws OperatorError when the credentials are another account's; the SDK's errors
 */
export async function destroyAccount(work: AccountWork): Promise<AccountOutcome> {
  const [region = ''] = work.regions;
  await checkCaller(work.access, { account: work.account, region }, askedFor);
  return eachRegion(work, work.regions.toReversed(), 'Removing', work.cdk.destroy.bind(work.cdk));
}

async function eachRegion(
  { access, host, pause, account }: AccountWork,
  regions: readonly string[],
  doing: string,
  run: (id: string, progress: (line: string) => void) => ReturnType<Cdk['destroy']>,
): Promise<AccountOutcome> {
  const done: StackOutcome[] = [];
  for (const region of regions) {
    const id = accountStackId(region);
    const home = { account, region };
    const outcome = await workOn(
      { access, host, pause, home },
      accountStackName,
      `${doing} ${id}`,
      (progress) => run(id, progress),
    );
    done.push({ ...outcome, stack: id });
    if (!outcome.ok) return { stacks: done, ok: false };
  }
  return { stacks: done, ok: true };
}

/**
 * Whether the stack set of the roles has a stack there, by the name that StackSets gives to what it makes.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
 */
async function hasMemberStack({ access }: Pick<AccountWork, 'access'>, region: string): Promise<boolean> {
  return withClient(access, CloudFormationClient, { region }, async (client) => {
    for await (const { StackSummaries: stacks = [] } of paginateListStacks({ client }, {}))
      if (
        stacks.some(
          ({ StackName = '', StackStatus }) =>
            StackName.startsWith(memberAccessStackPrefix) && StackStatus !== 'DELETE_COMPLETE',
        )
      )
        return true;
    return false;
  });
}
