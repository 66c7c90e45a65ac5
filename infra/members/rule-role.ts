import { Aws } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import type { CustomControl } from '../../controls/control';
import { accountSettings } from '../../core/account-settings';
import { queueNames, roleNames, ruleFunctionName } from '../../core/names';
import { type Partition, partitionOf } from '../../core/partition';
import { queueArn } from '../../core/queue-address';
import { allow, logStreams, writeLogs } from '../statements';
import { MemberRole } from './member-role';

/**
 * AWS Config chooses the id in a rule's ARN, in each Region another, and a rule takes no tags in CloudFormation; rules of
 * other services have `aws-service-rule/` there.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsconfig.html
 */
const anyRule = (partition: Partition) =>
  `arn:${partition}:config:*:${Aws.ACCOUNT_ID}:config-rule/config-rule-*`;

/** What the role follows from. */
export interface RuleRoleProps {
  hub: Organization['hub'];
  controls: readonly CustomControl[];
}

/**
 * Execution role of the rule function, with what the rules of all controls need. It reads no resource: AWS Config hands the
 * function what it judges. It reads the settings of the account that decide, and may have the rules evaluated again when
 * one changes.
 */
export class RuleRole extends MemberRole {
  constructor(scope: Construct, id: string, { hub, controls }: RuleRoleProps) {
    const partition = partitionOf(hub.region);
    const logs = { partition, accountId: Aws.ACCOUNT_ID, region: '*' };
    const rules = anyRule(partition);
    const settings = controls.flatMap(({ accountSetting }) => accountSetting ?? []);
    const reads = settings.flatMap((setting) => accountSettings[setting].readActions);
    super(scope, id, {
      name: roleNames.rule,
      description: 'Execution role of the rule function, in every Region.',
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      statements: [
        writeLogs(logs, ruleFunctionName),
        allow({
          sid: 'Evaluate',
          actions: ['config:PutEvaluations', 'config:GetResourceConfigHistory'],
          resources: ['*'],
        }),
        ...(settings.length === 0
          ? []
          : [
              allow({ sid: 'ReadAccountSettings', actions: [...new Set(reads)].sort(), resources: ['*'] }),
              allow({
                sid: 'JudgeAgain',
                actions: ['config:StartConfigRulesEvaluation'],
                resources: [rules],
              }),
            ]),
        allow({
          sid: 'SendFindings',
          actions: ['sqs:SendMessage'],
          resources: [queueArn(hub.account, hub.region, queueNames.remediation)],
        }),
      ],
      wildcards: {
        [logStreams(logs, ruleFunctionName)]:
          'One role serves the rule function in every Region; Lambda names the streams.',
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsconfig.html
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
        '*': 'None of these calls takes a resource.',
        ...(settings.length > 0 && { [rules]: 'AWS Config chooses the ids of rules.' }),
      },
    });
  }
}
