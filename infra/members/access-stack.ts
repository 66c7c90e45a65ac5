import { StackSetStack } from 'cdk-stacksets';
import type { Construct } from 'constructs';
import { AccessRoles } from './access-roles';
import type { MemberProps } from './member-props';

/** The template of what the hub looks with, and of what reports to it. IAM is global, so that it goes to one Region only. */
export class AccessStack extends StackSetStack {
  constructor(scope: Construct, id: string, props: MemberProps) {
    super(scope, id);
    this.templateOptions.description = 'Staunch: roles in a member account that read and report.';
    new AccessRoles(this, 'Access', props);
  }
}
