import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat, CfnAccount, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { iamPath } from '../../core/names';

/**
 * Who asked, what came of it, and the id by which the function's log is found; no body, and nothing that a caller may word but the
 * name of his session. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const fields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  account: '$context.identity.accountId',
  userArn: '$context.identity.userArn',
  caller: '$context.identity.caller',
  sourceIp: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  status: '$context.status',
  refusedAs: '$context.error.responseType',
  milliseconds: '$context.responseLatency',
  tlsVersion: '$context.tlsVersion',
} as const;

/** A JSON object a line. */
export const accessLogFormat = AccessLogFormat.custom(JSON.stringify(fields));

const { account: _account, userArn: _userArn, caller: _caller, ...anonymous } = fields;
/** The same of an API that asks AWS nothing of who calls. */
export const slackAccessLogFormat = AccessLogFormat.custom(JSON.stringify(anonymous));

const managedPolicy = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';

/**
 * Lets API Gateway write logs. That right is a setting of the account, one for each Region and for every API in it, so that it stays,
 * with its role, when the stack goes: other APIs would stop to log. The role has what AWS asks for and no less, since other APIs'
 * logs are written with it, too: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 * In an account that never had an API the setting has to wait for the first one:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-account.html
 *
 * @param api whose stage logs
 * @returns the setting, for the stages of other APIs to wait for
 */
export function letApiGatewayLog(api: RestApi): CfnAccount {
  // Without a name of its own: what stays must not be in the way of the next deployment.
  const role = new Role(api, 'LogRole', {
    path: iamPath,
    description: 'Lets API Gateway write the logs of every API of this account. It stays when Staunch goes.',
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(managedPolicy)],
  });
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${managedPolicy}]`,
    reason: 'The setting is for every API of the account, and AWS asks for this policy.',
  });
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const account = new CfnAccount(api, 'LogSetting', { cloudWatchRoleArn: role.roleArn });
  account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  if (api.node.defaultChild) account.node.addDependency(api.node.defaultChild);
  api.deploymentStage.node.addDependency(account);
  return account;
}
