import type { CfnCondition } from 'aws-cdk-lib';
import { CfnConfigRule } from 'aws-cdk-lib/aws-config';
import { Construct } from 'constructs';
import type { ManagedControl } from '../../controls/control';
import { configRuleName } from '../../core/names';

/** What a rule follows from. */
export interface ManagedRuleProps {
  control: ManagedControl;
  /** Whether the stack lies in the home Region. */
  inHomeRegion: CfnCondition;
}

/** The rule of a managed control: AWS Config evaluates it itself. */
export class ManagedRule extends Construct {
  constructor(scope: Construct, id: string, { control, inHomeRegion }: ManagedRuleProps) {
    super(scope, id);
    const rule = new CfnConfigRule(this, 'Rule', {
      configRuleName: configRuleName(control.id),
      description: control.title,
      source: { owner: 'AWS', sourceIdentifier: control.sourceIdentifier },
      ...(Object.keys(control.inputParameters).length > 0 && { inputParameters: control.inputParameters }),
    });
    if (control.regions === 'home') rule.cfnOptions.condition = inHomeRegion;
  }
}
