import { iamPath, stackSetPrefix } from './names';
import type { Permission } from './permission';
import { trailPermissions } from './trail-permissions';

/** What it takes to tell whether a deployment works in an account and Region; it reads no resource that Staunch watches. */
export const doctorPermissions: readonly Permission[] = [
  {
    actions: [
      'config:DescribeConfigRuleEvaluationStatus',
      'config:DescribeConfigRules',
      'config:DescribeConfigurationRecorderStatus',
      'config:DescribeConfigurationRecorders',
    ],
    on: 'any',
    reason:
      'The recorder may be any, and the ARN of a rule holds an id that AWS chooses: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsconfig.html',
  },
  {
    actions: ['events:ListRules'],
    on: 'any',
    reason:
      'It lists rules by the beginning of their names: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html',
  },
  {
    actions: ['iam:GetRole'],
    on: {
      arn: (accountId, _region, partition = 'aws') => `arn:${partition}:iam::${accountId}:role${iamPath}*`,
      noun: "Staunch's own roles",
      reason: 'Whether a role of Staunch is missing can be told by its name alone, and they share a path.',
    },
  },
  {
    actions: ['iam:GetRole'],
    on: {
      arn: (accountId, _region, partition = 'aws') =>
        `arn:${partition}:iam::${accountId}:role/${stackSetPrefix}*`,
      noun: "what Staunch's own roles would be called without their path",
      reason:
        'A call names a role without its path, and a role that is gone has none: without this AWS refuses to say that it is not there.',
    },
  },
  ...trailPermissions,
];
