import { CfnResource, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AuthorizationType,
  type CfnAccount,
  EndpointAccessMode,
  EndpointType,
  JsonSchemaType,
  LambdaIntegration,
  LogGroupLogDestination,
  RestApi,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { ordersApiName } from '../../core/names';
import { accessLogGroupName, allow } from '../statements';
import { accessLogFormat, letApiGatewayLog } from './api-access-log';

/**
 * How long anybody waits for an answer. API Gateway waits no longer unless AWS raises the account's quota:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
export const ordersTimeout = Duration.seconds(29);

/**
 * How many requests a second, and how many at once, the API takes of everybody together. AWS's own limit is 10,000 and 5,000 for a whole
 * account and Region, https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html, and who
 * uses it up keeps the hub's other functions from running: an account has 1,000 executions at a time,
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html. People and pipelines give a few orders a second. With
 * these, requests that each last as long as they may come to 340 executions, a third of that.
 */
export const ordersThrottle = { rate: 10, burst: 50 } as const;

/** Of the URL. */
const stageName = 'staunch';

/** What the API serves. */
export interface OrdersApiProps {
  organization: Organization;
  /** Answers every request. */
  handler: IFunction;
}

/**
 * The door for people's orders: `POST /orders` of a Regional REST API, which takes requests that AWS Identity and Access Management
 * knows the sender of, and no others. Every request is checked by the function again: which orders are somebody's is the policy's.
 */
export class OrdersApi extends Construct {
  /** To which orders are posted. */
  readonly url: string;
  /** What lets API Gateway write logs, which an account has once. */
  readonly logSetting: CfnAccount;

  constructor(scope: Construct, id: string, { organization, handler }: OrdersApiProps) {
    super(scope, id);
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: accessLogGroupName(ordersApiName),
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const api = new RestApi(this, 'Api', {
      restApiName: ordersApiName,
      description: "Takes people's orders, each signed by its sender.",
      endpointTypes: [EndpointType.REGIONAL],
      policy: policyOf(organization),
      cloudWatchRole: false,
      deployOptions: {
        stageName,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat,
        throttlingRateLimit: ordersThrottle.rate,
        throttlingBurstLimit: ordersThrottle.burst,
        dataTraceEnabled: false,
        tracingEnabled: false,
      },
    });
    this.logSetting = letApiGatewayLog(api);
    // The library's own output, beside `OrdersUrl`.
    api.node.tryRemoveChild('Endpoint');
    refuseOldTls(api);
    const orders = api.root.addResource('orders');
    orders.addMethod(
      'POST',
      new LambdaIntegration(handler, { allowTestInvoke: false, timeout: ordersTimeout }),
      {
        authorizationType: AuthorizationType.IAM,
        requestValidatorOptions: { validateRequestBody: true, validateRequestParameters: true },
        requestModels: { 'application/json': orderModel(api) },
      },
    );
    this.url = api.urlForPath(orders.path);
    acknowledge(api);
  }
}

/**
 * Who may knock. In the hub's own account either policy suffices, the caller's or the API's; for a caller of another account both have
 * to allow it: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * So the API's policy says nothing of the hub's own account, where IAM alone decides: allowed here, every function of the hub could
 * knock, those that handle strangers' text among them. It lets in the accounts of the organization, whose roles still need a
 * policy of theirs; and it refuses everybody else, whatever else would ever allow him.
 *
 * `aws:PrincipalOrgID` is there for signed requests of an organization's members, and `StringNotEquals` holds where it is absent:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
 * API Gateway completes a resource that begins with `execute-api:/` by the API's own ARN:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html
 */
function policyOf({ organization, hub }: Organization): PolicyDocument {
  const everything = {
    principals: [new AnyPrincipal()],
    actions: ['execute-api:Invoke'],
  };
  return new PolicyDocument({
    statements: [
      allow({
        ...everything,
        sid: 'TakeOrdersOfMembers',
        resources: [`execute-api:/${stageName}/POST/orders`],
        conditions: {
          StringEquals: { 'aws:PrincipalOrgID': organization.id },
          StringNotEquals: { 'aws:PrincipalAccount': hub.account },
        },
      }),
      new PolicyStatement({
        ...everything,
        sid: 'RefuseStrangers',
        effect: Effect.DENY,
        resources: ['execute-api:/*'],
        conditions: { StringNotEquals: { 'aws:PrincipalOrgID': organization.id } },
      }),
    ],
  });
}

/**
 * TLS 1.3 alone, with a name that is this API's: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
 * The library's construct has no property for it.
 */
function refuseOldTls({ node: { defaultChild } }: RestApi): void {
  if (!CfnResource.isCfnResource(defaultChild)) throw new Error('The API has no resource of CloudFormation.');
  defaultChild.addPropertyOverride('SecurityPolicy', SecurityPolicy.TLS13_1_3_2025_09);
  defaultChild.addPropertyOverride('EndpointAccessMode', EndpointAccessMode.STRICT);
}

/**
 * A body has to be there, a JSON object, and of few properties: more than that the function has to look at itself, since API Gateway
 * looks at bodies of this content type only, and bounds them by 10 MB and no less:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
function orderModel(api: RestApi) {
  return api.addModel('Order', {
    contentType: 'application/json',
    modelName: 'Order',
    description: 'An order.',
    schema: {
      type: JsonSchemaType.OBJECT,
      required: ['version', 'key', 'order'],
      maxProperties: 32,
    },
  });
}

function acknowledge(api: RestApi): void {
  Validations.of(api).acknowledge(
    {
      id: 'AwsSolutions-APIG3',
      reason:
        'Only signed requests of the organization reach anything, and few a second; a firewall would judge the rest.',
    },
    {
      id: 'AwsSolutions-APIG6',
      reason:
        'The access log has every request. Execution logs would go to a group that no template can name or let expire.',
    },
    {
      id: 'AwsSolutions-COG4',
      reason: 'AWS_IAM verifies who calls; the organization has no user pool.',
    },
  );
}
