import type { Template } from '../../infra/assembly';
import type { Stack, StackRequest } from './stack';
import type { StackSets } from './stack-sets/stack-sets';
import type { Stacks } from './stacks/stacks';

/** A stack to deploy, as a template says it. */
export interface StackToDeploy extends Omit<StackRequest, 'template'> {
  template: Template;
  /** Names the stack, or the stack set that it belongs to, to people. */
  displayName: string;
}

/** The sandbox's CloudFormation: every stack and stack set of its organization. */
export interface CloudFormation {
  readonly stacks: Stacks;
  readonly stackSets: StackSets;
  /** Creates a stack as `createStack` does. */
  deploy(stack: StackToDeploy): Promise<Stack>;
  /** Updates a stack as `Stack.update` does. */
  update(
    stack: Stack,
    to: Pick<StackToDeploy, 'displayName' | 'template' | 'place' | 'asset'>,
  ): Promise<void>;
  /** Resolves when every change of the organization so far has been followed up, well or badly. */
  settled(): Promise<void>;
  /** From now on changes of the organization change no stacks. What has begun is awaited. */
  stop(): Promise<void>;
}
