import { Aws, CfnCondition, Fn } from 'aws-cdk-lib';
import { StackSetStack } from 'cdk-stacksets';
import type { Construct } from 'constructs';
import { compilePolicy } from '../../config/compile';
import type { Organization } from '../../config/organization';
import { parameterSetsText } from '../../config/parameter-sets-text';
import type { Control } from '../../controls/control';
import { factsOf } from '../../resources/resource-types';
import { customOf } from '../custom-of';
import { CustomRule } from './custom-rule';
import { Forwarding } from './forwarding';
import { ManagedRule } from './managed-rule';
import { Recording } from './recording';
import { RuleFunction } from './rule-function';
import { TrailForwarding } from './trail-forwarding';

/** What the regional part follows from. */
export interface RegionalStackProps {
  organization: Organization;
  controls: readonly Control[];
}

/** What Staunch has in each Region of a member account: AWS Config, the rules with their function, forwarding. */
export class RegionalStack extends StackSetStack {
  constructor(scope: Construct, id: string, { organization, controls }: RegionalStackProps) {
    super(scope, id);
    this.templateOptions.description = 'Staunch: AWS Config and its rules in one Region of a member account.';
    const { hub } = organization;
    const policy = compilePolicy(organization);
    const recording = new Recording(this, 'Recording', hub, customOf(controls));
    const inHomeRegion = new CfnCondition(this, 'InHomeRegion', {
      expression: Fn.conditionEquals(Aws.REGION, hub.region),
    });
    const sources = customOf(controls)
      .filter(({ resourceType }) => factsOf(resourceType).isRecorded)
      .map((control) => ({ control, parameterSets: parameterSetsText(policy, control) }));
    const ruleFunction = new RuleFunction(this, 'RuleFunction', { hub, sources });
    for (const source of sources)
      new CustomRule(this, source.control.id, { ...source, ruleFunction, recording });
    for (const control of controls)
      if (control.kind === 'managed') new ManagedRule(this, control.id, { control, recording, inHomeRegion });
    new Forwarding(this, 'Forwarding', hub, controls);
    new TrailForwarding(this, 'TrailForwarding', { hub, controls: customOf(controls) });
  }
}
