import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  CfnPermission,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { queueNames, roleArn, roleNames, ruleFunctionName } from '../../core/names';
import { partitionOf } from '../../core/partition';
import { queueUrl } from '../../core/queue-address';
import type { RuleSource } from '../bundle';
import { offers } from '../partitions';
import { logGroupName } from '../statements';
import { inlineRuleCode } from './inline-rule-code';

/** What the function follows from. */
export interface RuleFunctionProps {
  hub: Organization['hub'];
  sources: readonly RuleSource[];
}

/**
 * The function of all custom controls' rules. Its code stands in the template, so that no member account needs a bucket
 * of code: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
 * @throws InlineCodeError when the policy's parameters are too many for the template
 */
export class RuleFunction extends Construct {
  readonly functionArn: string;
  /** Exists before a rule that invokes the function: AWS Config asks for it. */
  readonly permission: Construct;

  constructor(scope: Construct, id: string, { hub, sources }: RuleFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: logGroupName(ruleFunctionName),
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const ruleFunction = new LambdaFunction(this, 'Function', {
      functionName: ruleFunctionName,
      description: "Judges for the rules of Staunch's own controls.",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromInline(inlineRuleCode(sources)),
      role: Role.fromRoleArn(this, 'Role', roleArn(Aws.ACCOUNT_ID, roleNames.rule, partitionOf(hub.region)), {
        mutable: false,
      }),
      // The function logs plain objects; this makes structured lines of them.
      ...(offers(hub.region, 'lambdaLoggingConfig') && { logGroup, loggingFormat: LoggingFormat.JSON }),
      // A changed setting of the account waits until AWS Config takes the next evaluation.
      timeout: Duration.minutes(5),
      memorySize: 256,
      environment: {
        HUB_REGION: hub.region,
        REMEDIATION_QUEUE_URL: queueUrl(hub.account, hub.region, queueNames.remediation),
      },
    });
    // Lambda makes the group of that name itself when it is not there, and then keeps logs for ever.
    if (!offers(hub.region, 'lambdaLoggingConfig')) ruleFunction.node.addDependency(logGroup);
    this.functionArn = ruleFunction.functionArn;
    // By the account, not by the rules: the ARN of a rule holds an id that exists only once the rule does.
    this.permission = new CfnPermission(this, 'Permission', {
      functionName: ruleFunction.functionArn,
      action: 'lambda:InvokeFunction',
      principal: new ServicePrincipal('config.amazonaws.com').service,
      sourceAccount: Aws.ACCOUNT_ID,
    });
  }
}
