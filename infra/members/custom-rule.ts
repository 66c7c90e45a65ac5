import { createHash } from 'node:crypto';
import { CfnConfigRule } from 'aws-cdk-lib/aws-config';
import { Construct } from 'constructs';
import type { CustomControl } from '../../controls/control';
import { configRuleName } from '../../core/names';
import { verdictCodeDigest } from '../bundle';
import type { RuleFunction } from './rule-function';

/** What a rule follows from. */
export interface CustomRuleProps {
  control: CustomControl;
  /** The sets of the control's parameters; JSON. */
  parameterSets: string;
  ruleFunction: RuleFunction;
}

/** A custom control's rule. It invokes the one function of all rules, which knows it by its name. */
export class CustomRule extends Construct {
  constructor(scope: Construct, id: string, { control, parameterSets, ruleFunction }: CustomRuleProps) {
    super(scope, id);
    const rule = new CfnConfigRule(this, 'Rule', {
      configRuleName: configRuleName(control.id),
      description: control.title,
      // Other parameters, and other code that decides, change the rule with them, so that AWS Config judges what exists anew;
      // other code of the function alone would not have it do that, and what is another control's changes nothing here:
      // https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigRulesEvaluation.html
      inputParameters: {
        parameterSets: digest(parameterSets),
        verdictCode: verdictCodeDigest(control),
      },
      scope: {
        complianceResourceTypes: [
          control.resourceType,
          ...(control.accountSetting === undefined ? [] : [control.accountSetting]),
        ],
      },
      source: {
        owner: 'CUSTOM_LAMBDA',
        sourceIdentifier: ruleFunction.functionArn,
        sourceDetails: [
          'ConfigurationItemChangeNotification',
          'OversizedConfigurationItemChangeNotification',
        ].map((messageType) => ({ eventSource: 'aws.config', messageType })),
      },
    });
    // AWS Config asks for the permission when the rule is created.
    rule.node.addDependency(ruleFunction.permission);
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
