import type { Duration } from 'aws-cdk-lib';
import { CfnResource, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AuthorizationType,
  type CfnAccount,
  EndpointAccessMode,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  RestApi,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import { AnyPrincipal, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { slackApiName } from '../../core/names';
import { accessLogGroupName, allow } from '../statements';
import { slackAccessLogFormat } from './api-access-log';

/**
 * How many requests a second, and how many at once, the API takes of everybody together: a throttle of its own, so that strangers who
 * knock here keep nobody from the API of orders. Slack sends one request a click, and each is answered within a second or so.
 */
export const slackThrottle = { rate: 20, burst: 40 } as const;

/** Of the URL. */
const stageName = 'staunch';

/** What the API serves. */
export interface SlackApiProps {
  /** Answers every request. */
  handler: IFunction;
  /** How long that takes at most. */
  timeout: Duration;
  /** What lets API Gateway write logs: a setting of the account, which there is once. */
  logSetting: CfnAccount;
}

/**
 * Where Slack sends what people do: `POST /slack` of a Regional REST API of its own, which lets in anybody, since Slack signs its requests
 * otherwise than AWS; the function looks at that before anything else. The API of orders stays as closed as it is.
 */
export class SlackApi extends Construct {
  /** The request URL of the Slack app. */
  readonly url: string;

  constructor(scope: Construct, id: string, { handler, timeout, logSetting }: SlackApiProps) {
    super(scope, id);
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: accessLogGroupName(slackApiName),
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const api = new RestApi(this, 'Api', {
      restApiName: slackApiName,
      description: 'Takes what people do in Slack, signed by Slack.',
      endpointTypes: [EndpointType.REGIONAL],
      policy: onlyTheBell(),
      cloudWatchRole: false,
      deployOptions: {
        stageName,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: slackAccessLogFormat,
        throttlingRateLimit: slackThrottle.rate,
        throttlingBurstLimit: slackThrottle.burst,
        dataTraceEnabled: false,
        tracingEnabled: false,
      },
    });
    api.deploymentStage.node.addDependency(logSetting);
    // The library's own output, beside `SlackUrl`.
    api.node.tryRemoveChild('Endpoint');
    refuseOldTls(api);
    const slack = api.root.addResource('slack');
    slack.addMethod('POST', new LambdaIntegration(handler, { allowTestInvoke: false, timeout }), {
      authorizationType: AuthorizationType.NONE,
    });
    this.url = api.urlForPath(slack.path);
    acknowledge(api);
  }
}

/**
 * Anybody may post to `/slack`, and nobody anything else: where an API has a policy and a method no authorization, only what the policy
 * allows gets in. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
function onlyTheBell(): PolicyDocument {
  return new PolicyDocument({
    statements: [
      allow({
        sid: 'TakeWhatSlackSends',
        principals: [new AnyPrincipal()],
        actions: ['execute-api:Invoke'],
        resources: [`execute-api:/${stageName}/POST/slack`],
      }),
    ],
  });
}

/**
 * TLS 1.2 or later, with ciphers that keep what was sent secret when a key is lost, and with a name that is this API's. Slack promises no
 * TLS 1.3. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
 * The library's construct has no property for it.
 */
function refuseOldTls({ node: { defaultChild } }: RestApi): void {
  if (!CfnResource.isCfnResource(defaultChild)) throw new Error('The API has no resource of CloudFormation.');
  defaultChild.addPropertyOverride('SecurityPolicy', SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09);
  defaultChild.addPropertyOverride('EndpointAccessMode', EndpointAccessMode.STRICT);
}

function acknowledge(api: RestApi): void {
  Validations.of(api).acknowledge(
    {
      id: 'AwsSolutions-APIG2',
      reason: 'What is signed is the raw body: the function has to see it before anything judges its form.',
    },
    {
      id: 'AwsSolutions-APIG3',
      reason: 'Few requests a second reach anything, and what Slack has not signed is refused at once.',
    },
    {
      id: 'AwsSolutions-APIG4',
      reason: "Slack signs its requests with the app's secret, which the function checks; it cannot use IAM.",
    },
    {
      id: 'AwsSolutions-APIG6',
      reason:
        'The access log has every request. Execution logs would go to a group that no template can name or let expire.',
    },
    {
      id: 'AwsSolutions-COG4',
      reason: "Slack signs its requests with the app's secret; the organization has no user pool.",
    },
  );
}
