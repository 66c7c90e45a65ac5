import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { printable } from '../../resources/kit/printable';
import { type AwsAccess, withClient } from '../aws/access';
import { OperatorError } from '../errors';

/**
 * Makes sure that credentials are of the account that is worked on. The AWS CDK may reach it by its bootstrap roles from another account,
 * while all other calls would meet that account's stacks and tables, which have the same names where it is a hub, too.
 * @param whose what that account is: `the hub`
 * @throws OperatorError when they are another account's; the SDK's errors
 */
export async function checkCaller(
  access: AwsAccess,
  home: { account: string; region: string },
  whose: string,
): Promise<void> {
  const { Account: account = '' } = await withClient(access, STSClient, { region: home.region }, (sts) =>
    sts.send(new GetCallerIdentityCommand({})),
  );
  if (account === home.account) return;
  throw new OperatorError(
    `These credentials are of account ${printable(account)}, and ${whose} is ${home.account}. Nothing was done: take credentials of account ${home.account}.`,
  );
}
