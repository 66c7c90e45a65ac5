import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { errorCodeOf } from '../../resources/kit/aws-error';
import { printable } from '../../resources/kit/printable';
import { type AwsAccess, type CallPlace, withClient } from '../aws/access';

/** A stack of the hub, as CloudFormation tells it. */
export interface StackStatus {
  /** `CREATE_COMPLETE`, `UPDATE_IN_PROGRESS`, …; undefined where there is no such stack. */
  status: string | undefined;
  /** AWS's words; empty where it gives none. */
  reason: string;
}

/** What is to be done with a stack in such a state. */
export type Readiness = 'ready' | 'busy' | 'stuck';

/**
 * The state of a stack.
 * @throws the SDK's errors
 */
export function stackStatus(access: AwsAccess, place: CallPlace, StackName: string): Promise<StackStatus> {
  return withClient(access, CloudFormationClient, place, async (client) => {
    try {
      const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
      return { status: stack?.StackStatus, reason: printable(stack?.StackStatusReason ?? '') };
    } catch (error) {
      // What does not exist is not valid: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
      if (errorCodeOf(error) === 'ValidationError') return { status: undefined, reason: '' };
      throw error;
    }
  });
}

/**
 * Whether CloudFormation takes an operation on a stack: one at a time. Pure.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export function readinessOf(status: string | undefined): Readiness {
  if (status === undefined || status === 'REVIEW_IN_PROGRESS') return 'ready';
  if (status.endsWith('_IN_PROGRESS')) return 'busy';
  return status.endsWith('_FAILED') ? 'stuck' : 'ready';
}
