import { Aws, CfnCondition, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { compilePolicy } from '../../config/compile';
import { parameterSetsText } from '../../config/parameter-sets-text';
import { factsOf } from '../../resources/resource-types';
import { customOf } from '../custom-of';
import { CustomRule } from './custom-rule';
import { Forwarding } from './forwarding';
import { ManagedRule } from './managed-rule';
import type { MemberProps } from './member-props';
import { RuleFunction } from './rule-function';

/**
 * The rules with their function, and the forwarding of what they find. AWS Config refuses rules where there is no recorder: that account
 * fails, and no other.
 * @throws InlineCodeError when the policy's parameters are too many for the template
 */
export class Rules extends Construct {
  constructor(scope: Construct, id: string, { organization, controls }: MemberProps) {
    super(scope, id);
    const { hub } = organization;
    const policy = compilePolicy(organization);
    const inHomeRegion = new CfnCondition(this, 'InHomeRegion', {
      expression: Fn.conditionEquals(Aws.REGION, hub.region),
    });
    inHomeRegion.overrideLogicalId('InHomeRegion');
    const sources = customOf(controls)
      .filter(({ resourceType }) => factsOf(resourceType).isRecorded)
      .map((control) => ({ control, parameterSets: parameterSetsText(policy, control) }));
    const ruleFunction = new RuleFunction(this, 'RuleFunction', { hub, sources });
    for (const source of sources) new CustomRule(this, source.control.id, { ...source, ruleFunction });
    for (const control of controls)
      if (control.kind === 'managed') new ManagedRule(this, control.id, { control, inHomeRegion });
    new Forwarding(this, 'Forwarding', hub, controls);
  }
}
