import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { withClient } from '../aws/access';
import { type StackOutcome, type StackWork, workOn } from './one-stack';
import { stackStatus } from './stack-status';

/**
 * Removes a stack that an earlier policy had and this one has not, as when the pilot was taken out: the AWS CDK removes nothing that is
 * not synthesized, and says that all went well. What is not there any more is deleted already:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html
 * @param why it goes, for people
 * @returns undefined where there is no such stack
 * @throws the SDK's errors
 */
export async function removeLeft(
  work: StackWork,
  stack: string,
  why = 'which the policy has no more',
): Promise<StackOutcome | undefined> {
  const { access, home } = work;
  const place = { region: home.region };
  if ((await stackStatus(access, place, stack)).status === undefined) return undefined;
  const outcome = await workOn(work, stack, `Removing ${stack}, ${why}`, async () => {
    await withClient(access, CloudFormationClient, place, (client) =>
      client.send(new DeleteStackCommand({ StackName: stack })),
    );
    // While it is in the middle of it, whoever called waits, and asks once more.
    const { status, reason } = await stackStatus(access, place, stack);
    return { ok: status === undefined, said: [`The stack is ${status}. ${reason}`.trim()] };
  });
  return { ...outcome, removed: true };
}
