import { createHash } from 'node:crypto';
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnConfigRule } from 'aws-cdk-lib/aws-config';
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
import type { CompiledPolicy } from '../../config/compiled';
import type { CustomControl } from '../../controls/control';
import { configRuleName, roleArn, roleNames, ruleFunctionName } from '../../core/names';
import { bundleRuleFunction, verdictCodeDigest } from '../bundle';
import { logGroupName } from '../statements';
import { ruleEnvironment } from './rule-environment';

/** What a rule follows from. */
export interface CustomRuleProps {
  policy: CompiledPolicy;
  control: CustomControl;
  /** Exists before the rule. */
  recording: Construct;
}

/**
 * A custom control's rule and its function. The function's code stands in the template, so that no member account
 * needs a bucket of code:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
 */
export class CustomRule extends Construct {
  constructor(scope: Construct, id: string, { policy, control, recording }: CustomRuleProps) {
    super(scope, id);
    const environment = ruleEnvironment(policy, control);
    const functionName = ruleFunctionName(control.id);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: logGroupName(functionName),
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const ruleFunction = new LambdaFunction(this, 'Function', {
      functionName,
      description: `Rule function of ${control.id}.`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromInline(bundleRuleFunction(control)),
      role: Role.fromRoleArn(this, 'Role', roleArn(Aws.ACCOUNT_ID, roleNames.rule), { mutable: false }),
      logGroup,
      // Rule functions log plain objects; this makes structured lines of them.
      loggingFormat: LoggingFormat.JSON,
      // A changed setting of the account waits until AWS Config takes the next evaluation.
      timeout: control.accountSetting === undefined ? Duration.seconds(30) : Duration.minutes(5),
      memorySize: 256,
      environment,
    });
    // By the account, not by the rule: the ARN of a rule holds an id that exists only once the rule does.
    const permission = new CfnPermission(this, 'Permission', {
      functionName: ruleFunction.functionArn,
      action: 'lambda:InvokeFunction',
      principal: new ServicePrincipal('config.amazonaws.com').service,
      sourceAccount: Aws.ACCOUNT_ID,
    });
    const rule = new CfnConfigRule(this, 'Rule', {
      configRuleName: configRuleName(control.id),
      description: control.title,
      // Other parameters, and other code that decides, change the rule with them, so that AWS Config judges what exists anew;
      // other code of the function alone would not have it do that:
      // https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigRulesEvaluation.html
      inputParameters: {
        parameterSets: digest(environment.PARAMETER_SETS),
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
    // AWS Config asks for the permission when the rule is created, and for a running recorder.
    rule.node.addDependency(permission, recording);
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
