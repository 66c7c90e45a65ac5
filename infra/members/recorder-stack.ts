import { StackSetStack } from 'cdk-stacksets';
import type { Construct } from 'constructs';
import { customOf } from '../custom-of';
import type { MemberProps } from './member-props';
import { Recording } from './recording';

/** The template of AWS Config's recorder, for each Region in which it is Staunch's own. */
export class RecorderStack extends StackSetStack {
  constructor(scope: Construct, id: string, { organization, controls }: MemberProps) {
    super(scope, id);
    this.templateOptions.description =
      'Staunch: the recorder of AWS Config in one Region of a member account.';
    const { hub, recorder } = organization;
    new Recording(this, 'Recording', { hub, controls: customOf(controls), frequency: recorder.frequency });
  }
}
