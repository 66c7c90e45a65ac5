import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { printable } from '../../resources/kit/printable';
import { withClient } from '../aws/access';
import { OperatorError } from '../errors';
import type { StackWork } from './one-stack';

/**
 * Makes sure that credentials are the hub's own. The AWS CDK may reach the hub by its bootstrap roles from another account, while all other
 * calls would meet that account's stacks and tables, which have the same names where it is a hub, too.
 * @throws OperatorError when they are another account's; the SDK's errors
 */
export async function checkCaller({ access, hub }: Pick<StackWork, 'access' | 'hub'>): Promise<void> {
  const { Account: account = '' } = await withClient(access, STSClient, { region: hub.region }, (sts) =>
    sts.send(new GetCallerIdentityCommand({})),
  );
  if (account === hub.account) return;
  throw new OperatorError(
    `These credentials are of account ${printable(account)}, and the hub is ${hub.account}. Nothing was done: take credentials of the hub's account.`,
  );
}
