import { StackSetStack } from 'cdk-stacksets';
import type { Construct } from 'constructs';
import type { MemberProps } from './member-props';
import { RemediationRole } from './remediation-role';

/** The template of the role that can write. IAM is global, so that it goes to one Region only. */
export class RemediationStack extends StackSetStack {
  constructor(scope: Construct, id: string, props: MemberProps) {
    super(scope, id);
    this.templateOptions.description = 'Staunch: the role in a member account that can change something.';
    new RemediationRole(this, 'Remediation', props);
  }
}
