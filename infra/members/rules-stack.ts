import { StackSetStack } from 'cdk-stacksets';
import type { Construct } from 'constructs';
import type { MemberProps } from './member-props';
import { Rules } from './rules';

/** The template of AWS Config's rules, for each Region. */
export class RulesStack extends StackSetStack {
  constructor(scope: Construct, id: string, props: MemberProps) {
    super(scope, id);
    this.templateOptions.description = 'Staunch: the rules of AWS Config in one Region of a member account.';
    new Rules(this, 'Rules', props);
  }
}
