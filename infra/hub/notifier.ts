import { Duration, Validations } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnSubscription, type Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import {
  functionNames,
  ledgerTableName,
  postedNotePrefix,
  queueNames,
  slackSecretName,
} from '../../core/names';
import { queueUrl } from '../../core/queue-address';
import { allow, consumeQueue, leadingKeys } from '../statements';
import { HubFunction } from './hub-function';
import type { Ledger } from './ledger';
import { QueueWithDeadLetters } from './queue-with-dead-letters';

const timeout = Duration.seconds(60);

/** What the notifier works with. */
export interface NotifierProps {
  organization: Organization;
  topic: Topic;
  ledger: Ledger;
}

/**
 * The notifier behind a queue of its own, so that what Slack does not take now is kept and tried again: 1,000 receipts,
 * the most that SQS allows, 6 minutes apart, are four days.
 */
export class Notifier extends Construct {
  readonly function: HubFunction;
  readonly queue: QueueWithDeadLetters;

  constructor(scope: Construct, id: string, { organization, topic, ledger }: NotifierProps) {
    super(scope, id);
    const { hub } = organization;
    this.queue = new QueueWithDeadLetters(this, 'Queue', {
      hub,
      name: queueNames.notifier,
      deadLettersName: queueNames.notifierDeadLetters,
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
      maxReceiveCount: 1000,
    });
    this.subscribe(topic);
    const secret = this.slackSecret();
    this.function = new HubFunction(this, 'Function', {
      hub,
      name: functionNames.notifier,
      description: 'Posts rule status changes and remediation reports to Slack.',
      entry: 'hub-functions/notifier/handler.ts',
      timeout,
      memoryMegabytes: 256,
      environment: {
        LEDGER_TABLE: ledgerTableName,
        HUB_ACCOUNT_ID: hub.account,
        SLACK_SECRET_ARN: secret.secretArn,
        SLACK_CHANNEL: organization.slack.channel,
        DEAD_LETTERS_URL: queueUrl(hub.account, hub.region, queueNames.notifierDeadLetters),
      },
      statements: [
        consumeQueue(this.queue.queue.queueArn),
        allow({
          sid: 'SetAsideWhatCannotBeRead',
          actions: ['sqs:SendMessage'],
          resources: [this.queue.deadLetters.queueArn],
        }),
        allow({
          sid: 'ReadSlackToken',
          actions: ['secretsmanager:GetSecretValue'],
          resources: [secret.secretArn],
        }),
        allow({
          sid: 'RememberWhatWasPosted',
          actions: ['dynamodb:PutItem'],
          resources: [ledger.tableArn],
          conditions: leadingKeys('StringLike', `${postedNotePrefix}*`),
        }),
      ],
    });
    new EventSourceMapping(this, 'Notifications', {
      target: this.function.resource,
      eventSourceArn: this.queue.queue.queueArn,
      batchSize: 5,
      reportBatchItemFailures: true,
      maxConcurrency: 2,
    });
  }

  /** https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html */
  private subscribe(topic: Topic): void {
    const { queue } = this.queue;
    queue.addToResourcePolicy(
      allow({
        sid: 'TakeNotifications',
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': topic.topicArn } },
      }),
    );
    new CfnSubscription(this, 'Subscription', {
      topicArn: topic.topicArn,
      protocol: 'sqs',
      endpoint: queue.queueArn,
      rawMessageDelivery: true,
    });
  }

  /**
   * The secret of the Slack bot token. CloudFormation fills it with a random value, which is no token and is never
   * set again; whoever deploys sets the real one: no token belongs in a template.
   */
  private slackSecret(): Secret {
    const secret = new Secret(this, 'SlackToken', {
      secretName: slackSecretName,
      description: 'Bot token of the Slack app that Staunch posts as. Set it with put-secret-value.',
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Slack issues the bot token; Secrets Manager cannot rotate it.',
    });
    return secret;
  }
}
