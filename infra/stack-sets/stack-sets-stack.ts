import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import type { Control } from '../../controls/control';
import { customOf } from '../custom-of';
import { hubSynthesizer } from '../hub-synthesizer';
import { RegionalStack } from '../members/regional-stack';
import { RolesStack } from '../members/roles-stack';
import { MemberStackSet } from './member-stack-set';

/** What the stack sets follow from. */
export interface StackSetsStackProps {
  organization: Organization;
  controls: readonly Control[];
}

/**
 * The stack sets, in a stack of their own: when an operation fails in some account, CloudFormation rolls back the stack
 * that holds the stack set, and the hub is not part of it.
 */
export class StackSetsStack extends Stack {
  constructor(scope: Construct, id: string, { organization, controls }: StackSetsStackProps) {
    super(scope, id, {
      description: 'Staunch: what every member account gets.',
      env: organization.hub,
      synthesizer: hubSynthesizer(),
    });
    const roles = new MemberStackSet(this, 'Roles', {
      organization,
      name: 'staunch-member-roles',
      description: "Staunch's roles in member accounts.",
      template: new RolesStack(this, 'MemberRoles', { organization, controls: customOf(controls) }),
      regions: [organization.hub.region],
    });
    new MemberStackSet(this, 'Regional', {
      organization,
      name: 'staunch-member',
      description: 'AWS Config and its rules in every Region of member accounts.',
      template: new RegionalStack(this, 'Member', { organization, controls }),
      regions: [...organization.regions],
      after: roles,
    });
  }
}
