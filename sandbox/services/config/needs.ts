import { anyResource, type ServiceNeeds, sameName } from '../needed';
import { configRuleArn } from './rule-arn';

/** Only starting an evaluation can be limited to a rule. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsconfig.html */
export const needs: ServiceNeeds = {
  ...sameName(
    'config',
    [
      'BatchGetResourceConfig',
      'DescribeConfigRuleEvaluationStatus',
      'DescribeConfigRules',
      'DescribeConfigurationRecorderStatus',
      'DescribeConfigurationRecorders',
      'GetResourceConfigHistory',
      'PutEvaluations',
      'SelectResourceConfig',
    ],
    anyResource,
  ),
  StartConfigRulesEvaluation: (call) =>
    [call.parameters.ConfigRuleNames].flat().map((name) => ({
      action: 'config:StartConfigRulesEvaluation',
      resource: configRuleArn(call, String(name)),
    })),
};
