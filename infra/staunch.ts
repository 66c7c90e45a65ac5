import { type App, Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { compilePolicy } from '../config/compile';
import type { Organization } from '../config/organization';
import type { SavedStructure } from '../config/saved-structure';
import type { Control } from '../controls/control';
import { stackNames, tagKey, tagValue } from '../core/names';
import { keepHubFunctions } from './bundle';
import { HubStack } from './hub/hub-stack';
import { findSetTargets } from './stack-sets/find-set-targets';
import { isAnywhere } from './stack-sets/set-targets';
import { StackSetsStack } from './stack-sets/stack-sets-stack';

/** What Staunch's infrastructure follows from. */
export interface StaunchProps {
  organization: Organization;
  controls: readonly Control[];
  /** What lies where in the organization; absent where it was not read. */
  structure?: SavedStructure | undefined;
  /** Ids of watched accounts that keep the role that can write whatever their flags say; none when left out. */
  keepRemediation?: readonly string[];
}

/**
 * Adds the whole of Staunch to a CDK app: the hub, the stack sets over the pilot where there is one, and those over everybody else.
 * @throws StructureNeededError when only the structure says where something goes
 * @throws UnresolvedPolicyError when it cannot be told what the policy means
 */
export function addStaunch(
  app: App,
  { organization, controls, structure, keepRemediation }: StaunchProps,
): void {
  tag(app);
  const targets = findSetTargets(compilePolicy(organization), structure, keepRemediation);
  keepHubFunctions();
  const hub = new HubStack(app, stackNames.hub, { organization, controls });
  const pilot = Object.values(targets.pilot).some(isAnywhere)
    ? new StackSetsStack(app, stackNames.pilot, {
        organization,
        controls,
        part: 'pilot',
        targets: targets.pilot,
      })
    : undefined;
  const rest = new StackSetsStack(app, stackNames.rest, {
    organization,
    controls,
    part: 'rest',
    targets: targets.rest,
  });
  // Members write to the hub's bucket and queue from their first minute.
  rest.addStackDependency(hub);
  if (!pilot) return;
  pilot.addStackDependency(hub);
  rest.addStackDependency(pilot);
}

/** CloudFormation's schema of it, by which templates are checked, has no tags yet. */
const untagged = ['AWS::CloudWatch::Dashboard'];

/** Tags everything that can have tags, so that whoever finds it knows whose it is, and a policy can protect it. */
export function tag(scope: IConstruct): void {
  Tags.of(scope).add(tagKey, tagValue, { excludeResourceTypes: untagged });
}
