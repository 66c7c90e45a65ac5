import { CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
import type { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { CompiledPolicy } from '../../config/compiled';
import { slackActionsAtOnce } from '../../config/concurrency';
import { slackActionReceives } from '../../core/action-receives';
import {
  functionNames,
  ledgerTableName,
  orderPrefix,
  queueNames,
  slackRequestPrefix,
  slackSigningSecretName,
  slackUrlParameter,
} from '../../core/names';
import { queueUrl } from '../../core/queue-address';
import { allow, changeCards, consumeQueue, leadingKeys, readNames, readTree } from '../statements';
import type { Coordinator } from './coordinator';
import { HubFunction } from './hub-function';
import type { Ledger } from './ledger';
import { QueueWithDeadLetters } from './queue-with-dead-letters';
import { SlackApi } from './slack-api';

/** Slack waits three seconds; whatever takes longer is of no use any more. */
const frontTimeout = Duration.seconds(10);
/** Orders of one click are answered within half a minute each, some at once. */
const actionsTimeout = Duration.seconds(120);

/** What people's decisions in Slack are judged by, and given to. */
export interface SlackDoorProps {
  /** Names the workspace and the app. */
  policy: CompiledPolicy & { slack: { team: string; app: string } };
  ledger: Ledger;
  coordinator: Coordinator;
  /** The bot token. */
  token: Secret;
  /** Of hints for the poster. */
  posts: IQueue;
  logSetting: CfnAccount;
}

/** Whether a policy lets people decide in Slack. */
export function decidesInSlack(policy: CompiledPolicy): policy is SlackDoorProps['policy'] {
  return policy.slack.team !== undefined && policy.slack.app !== undefined;
}

/**
 * The door's second route: an API that Slack calls, a function that makes sure of that, a queue, and a function that does what people
 * decided, as the orders function does. The first knows no policy and touches no finding; the second is reached by the first alone.
 */
export class SlackDoor extends Construct {
  readonly front: HubFunction;
  readonly actions: HubFunction;
  readonly queue: QueueWithDeadLetters;

  constructor(scope: Construct, id: string, props: SlackDoorProps) {
    super(scope, id);
    const { hub } = props.policy;
    this.queue = new QueueWithDeadLetters(this, 'Queue', {
      hub,
      name: queueNames.slackActions,
      deadLettersName: queueNames.slackActionsDeadLetters,
      visibilityTimeout: Duration.seconds(actionsTimeout.toSeconds() * 6),
      maxReceiveCount: slackActionReceives,
    });
    this.actions = this.actionsFunction(props);
    this.front = this.frontFunction(props);
    // What the front function sends is understood before it is sent.
    this.front.resource.node.addDependency(this.actions.resource);
    const { url } = new SlackApi(this, 'Api', {
      handler: this.front.resource,
      timeout: frontTimeout,
      logSetting: props.logSetting,
    });
    new StringParameter(this, 'Url', {
      parameterName: slackUrlParameter,
      description: 'The request URL of the Slack app.',
      stringValue: url,
    });
    new CfnOutput(Stack.of(this), 'SlackUrl', {
      value: url,
      description: 'The request URL of the Slack app.',
    });
  }

  private frontFunction({ policy, ledger, token }: SlackDoorProps): HubFunction {
    const { hub, slack } = policy;
    const signingSecret = this.signingSecret();
    return new HubFunction(this, 'Front', {
      hub,
      name: functionNames.slackFront,
      description: 'Takes what people do in Slack, where Slack has signed it, and opens forms.',
      entry: 'hub-functions/slack/front/handler.ts',
      timeout: frontTimeout,
      // Its share of a processor grows with it, and Slack waits for a cold start, too.
      memoryMegabytes: 1024,
      environment: {
        LEDGER_TABLE: ledgerTableName,
        ACTIONS_QUEUE_URL: queueUrl(hub.account, hub.region, queueNames.slackActions),
        SLACK_SECRET_ARN: token.secretArn,
        SLACK_SIGNING_SECRET_ARN: signingSecret.secretArn,
        SLACK_TEAM: slack.team,
        SLACK_APP: slack.app,
      },
      statements: [
        allow({
          sid: 'ReadSlackSecrets',
          actions: ['secretsmanager:GetSecretValue'],
          resources: [token.secretArn, signingSecret.secretArn],
        }),
        allow({
          sid: 'RememberRequests',
          actions: ['dynamodb:DeleteItem', 'dynamodb:PutItem'],
          resources: [ledger.tableArn],
          conditions: leadingKeys('StringLike', `${slackRequestPrefix}*`),
        }),
        allow({
          sid: 'HandToActions',
          actions: ['sqs:SendMessage'],
          resources: [this.queue.queue.queueArn],
        }),
      ],
    });
  }

  private actionsFunction({ policy, ledger, coordinator, token, posts }: SlackDoorProps): HubFunction {
    const { hub } = policy;
    const actions = new HubFunction(this, 'Actions', {
      hub,
      name: functionNames.slackActions,
      description:
        'Asks Slack who somebody is and the policy what he may, and hands orders to the coordinator.',
      entry: 'hub-functions/slack/actions/handler.ts',
      timeout: actionsTimeout,
      memoryMegabytes: 512,
      environment: {
        LEDGER_TABLE: ledgerTableName,
        ACTIONS_QUEUE_URL: queueUrl(hub.account, hub.region, queueNames.slackActions),
        POSTS_URL: queueUrl(hub.account, hub.region, queueNames.slackPosts),
        SLACK_SECRET_ARN: token.secretArn,
      },
      files: { 'policy.json': `${JSON.stringify(policy, undefined, 2)}\n` },
      statements: [
        consumeQueue(this.queue.queue.queueArn),
        allow({
          sid: 'SplitAndComeBack',
          actions: ['sqs:SendMessage', 'sqs:ChangeMessageVisibility'],
          resources: [this.queue.queue.queueArn],
        }),
        allow({ sid: 'WakePoster', actions: ['sqs:SendMessage'], resources: [posts.queueArn] }),
        allow({
          sid: 'ReadSlackToken',
          actions: ['secretsmanager:GetSecretValue'],
          resources: [token.secretArn],
        }),
        allow({
          sid: 'KeepOrders',
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
          resources: [ledger.tableArn],
          conditions: leadingKeys('StringLike', `${orderPrefix}*`),
        }),
        ...changeCards(ledger.tableArn),
        readTree(ledger.tableArn),
        readNames(ledger.tableArn),
        allow({
          sid: 'HandToCoordinator',
          actions: ['lambda:InvokeFunction'],
          resources: [coordinator.resource.functionArn],
        }),
      ],
    });
    new EventSourceMapping(this, 'WhatPeopleDo', {
      target: actions.resource,
      eventSourceArn: this.queue.queue.queueArn,
      // Each has the whole time of an invocation.
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: slackActionsAtOnce,
    });
    return actions;
  }

  /**
   * The secret of the app's signing secret. CloudFormation fills it with a JSON object, which the function takes for no signing secret,
   * and never sets it again; whoever deploys puts Slack's there.
   */
  private signingSecret(): Secret {
    const secret = new Secret(this, 'SigningSecret', {
      secretName: slackSigningSecretName,
      description: 'Signing secret of the Slack app. Set it with put-secret-value.',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ set: 'Put the signing secret of the Slack app here.' }),
        generateStringKey: 'random',
      },
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Slack issues the signing secret; Secrets Manager cannot rotate it.',
    });
    return secret;
  }
}
