import { StackSetStack } from 'cdk-stacksets';
import type { Construct } from 'constructs';
import { customOf } from '../custom-of';
import type { MemberProps } from './member-props';
import { TrailForwarding } from './trail-forwarding';

/** The template of what forwards recorded calls, for each Region. */
export class TrailStack extends StackSetStack {
  constructor(scope: Construct, id: string, { organization, controls }: MemberProps) {
    super(scope, id);
    this.templateOptions.description =
      'Staunch: forwarding of recorded calls in one Region of a member account.';
    new TrailForwarding(this, 'TrailForwarding', { hub: organization.hub, controls: customOf(controls) });
  }
}
