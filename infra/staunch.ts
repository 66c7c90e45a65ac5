import type { App } from 'aws-cdk-lib';
import type { Organization } from '../config/organization';
import type { Control } from '../controls/control';
import { HubStack } from './hub/hub-stack';
import { StackSetsStack } from './stack-sets/stack-sets-stack';

/** What Staunch's infrastructure follows from. */
export interface StaunchProps {
  organization: Organization;
  controls: readonly Control[];
}

/** Adds the whole of Staunch to a CDK app: the hub, and the stack sets over the members. */
export function addStaunch(app: App, { organization, controls }: StaunchProps): void {
  const hub = new HubStack(app, 'staunch-hub', { organization, controls });
  const stackSets = new StackSetsStack(app, 'staunch-stack-sets', { organization, controls });
  // Members write to the hub's bucket and queue from their first minute.
  stackSets.addStackDependency(hub);
}
