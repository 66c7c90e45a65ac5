import { Aws } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { queueArn, queueNames, roleNames, ruleFunctionName } from '../../contract/names';
import { allow, logStreams, writeLogs } from '../statements';
import { MemberRole } from './member-role';

/** Execution role of every rule function. It reads no resource: AWS Config hands the functions what they judge. */
export class RuleRole extends MemberRole {
  constructor(scope: Construct, id: string, hub: Organization['hub']) {
    super(scope, id, {
      name: roleNames.rule,
      description: 'Execution role of the rule functions, in every Region.',
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      statements: [
        writeLogs(Aws.ACCOUNT_ID, '*', ruleFunctionName('*')),
        allow({
          sid: 'Evaluate',
          actions: ['config:PutEvaluations', 'config:GetResourceConfigHistory'],
          resources: ['*'],
        }),
        allow({
          sid: 'SendFindings',
          actions: ['sqs:SendMessage'],
          resources: [queueArn(hub.account, hub.region, queueNames.remediation)],
        }),
      ],
      wildcards: {
        [logStreams(Aws.ACCOUNT_ID, '*', ruleFunctionName('*'))]:
          'One role serves every rule function in every Region; Lambda names the streams.',
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsconfig.html
        '*': 'Neither of the two calls takes a resource.',
      },
    });
  }
}
