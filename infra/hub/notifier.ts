import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnSubscription, type Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { CompiledPolicy } from '../../config/compiled';
import {
  cardPrefix,
  functionNames,
  ledgerTableName,
  postPrefix,
  queueNames,
  slackSecretName,
} from '../../core/names';
import { queueUrl } from '../../core/queue-address';
import { allow, changeCards, consumeQueue, leadingKeys, readNames, readTree } from '../statements';
import { HubFunction } from './hub-function';
import type { Ledger } from './ledger';
import { QueueWithDeadLetters } from './queue-with-dead-letters';

const timeout = Duration.seconds(60);
const posterTimeout = Duration.seconds(60);

/** What the notifier works with. */
export interface NotifierProps {
  policy: CompiledPolicy;
  topic: Topic;
  ledger: Ledger;
}

/**
 * What tells people in Slack, in two halves. The notifier takes events off a queue of its own, as many as come within a second, and writes
 * down what the channels have to show. The poster has Slack show it: one invocation at a time for each channel, since hints of one channel
 * are one group of a FIFO queue. What Slack does not take now stays in the ledger.
 */
export class Notifier extends Construct {
  readonly function: HubFunction;
  readonly queue: QueueWithDeadLetters;
  readonly poster: HubFunction;
  readonly posts: QueueWithDeadLetters;
  /** The secret of the bot token. */
  readonly token: Secret;

  constructor(scope: Construct, id: string, { policy, topic, ledger }: NotifierProps) {
    super(scope, id);
    const { hub } = policy;
    this.queue = new QueueWithDeadLetters(this, 'Queue', {
      hub,
      name: queueNames.notifier,
      deadLettersName: queueNames.notifierDeadLetters,
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
      maxReceiveCount: 1000,
    });
    this.posts = new QueueWithDeadLetters(this, 'Posts', {
      hub,
      name: queueNames.slackPosts,
      deadLettersName: queueNames.slackPostsDeadLetters,
      // Whoever is stopped leaves the channel to the next one after that; the lease in the ledger keeps two from posting at once.
      visibilityTimeout: Duration.seconds(posterTimeout.toSeconds() * 6),
      maxReceiveCount: 1000,
      fifo: true,
    });
    this.subscribe(topic);
    const files = { 'policy.json': `${JSON.stringify(policy, undefined, 2)}\n` };
    this.function = this.intake(policy, ledger, files);
    this.token = this.slackSecret();
    this.poster = this.posterOf(policy, ledger, files);
    // Readers are updated before those who write.
    this.function.resource.node.addDependency(this.poster.resource);
    new EventSourceMapping(this, 'Notifications', {
      target: this.function.resource,
      eventSourceArn: this.queue.queue.queueArn,
      // What one cause has made comes together, and is one message.
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      reportBatchItemFailures: true,
      maxConcurrency: 2,
    });
    new EventSourceMapping(this, 'Hints', {
      target: this.poster.resource,
      eventSourceArn: this.posts.queue.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
      // A channel that cannot be told keeps none of the others waiting.
      maxConcurrency: 5,
    });
    this.wakeBySchedule();
  }

  private intake({ hub }: CompiledPolicy, ledger: Ledger, files: Record<string, string>): HubFunction {
    return new HubFunction(this, 'Function', {
      hub,
      name: functionNames.notifier,
      description:
        'Writes down what channels of Slack have to show of reports, notices and rule status changes.',
      entry: 'hub-functions/notifier/handler.ts',
      timeout,
      memoryMegabytes: 512,
      environment: {
        LEDGER_TABLE: ledgerTableName,
        QUEUE_URL: queueUrl(hub.account, hub.region, queueNames.notifier),
        DEAD_LETTERS_URL: queueUrl(hub.account, hub.region, queueNames.notifierDeadLetters),
        POSTS_URL: queueUrl(hub.account, hub.region, queueNames.slackPosts),
      },
      files,
      statements: [
        consumeQueue(this.queue.queue.queueArn),
        allow({
          sid: 'WaitForEarlierReports',
          actions: ['sqs:ChangeMessageVisibility'],
          resources: [this.queue.queue.queueArn],
        }),
        allow({
          sid: 'SetAsideWhatCannotBeRead',
          actions: ['sqs:SendMessage'],
          resources: [this.queue.deadLetters.queueArn],
        }),
        allow({
          sid: 'WakePoster',
          actions: ['sqs:SendMessage'],
          resources: [this.posts.queue.queueArn],
        }),
        ...changeCards(ledger.tableArn),
        readTree(ledger.tableArn),
        readNames(ledger.tableArn),
      ],
    });
  }

  private posterOf({ hub }: CompiledPolicy, ledger: Ledger, files: Record<string, string>): HubFunction {
    return new HubFunction(this, 'Poster', {
      hub,
      name: functionNames.slackPoster,
      description: 'Posts to channels of Slack, and keeps their messages up to date.',
      entry: 'hub-functions/notifier/poster/handler.ts',
      timeout: posterTimeout,
      memoryMegabytes: 512,
      environment: {
        LEDGER_TABLE: ledgerTableName,
        SLACK_SECRET_ARN: this.token.secretArn,
        POSTS_URL: queueUrl(hub.account, hub.region, queueNames.slackPosts),
        DEAD_LETTERS_URL: queueUrl(hub.account, hub.region, queueNames.slackPostsDeadLetters),
      },
      files,
      statements: [
        consumeQueue(this.posts.queue.queueArn),
        allow({
          sid: 'WakeAndComeBack',
          actions: ['sqs:SendMessage', 'sqs:ChangeMessageVisibility'],
          resources: [this.posts.queue.queueArn],
        }),
        allow({
          sid: 'SetAsideWhatSlackRefuses',
          actions: ['sqs:SendMessage'],
          resources: [this.posts.deadLetters.queueArn],
        }),
        allow({
          sid: 'ReadSlackToken',
          actions: ['secretsmanager:GetSecretValue'],
          resources: [this.token.secretArn],
        }),
        allow({
          sid: 'KeepCards',
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
          resources: [ledger.tableArn],
          conditions: leadingKeys('StringLike', `${cardPrefix}*`),
        }),
        allow({
          sid: 'EmptyOutbox',
          actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
          resources: [ledger.tableArn],
          conditions: leadingKeys('StringLike', `${postPrefix}*`),
        }),
      ],
    });
  }

  /** What is due later, as a reminder is, and what could not be told, has no hint. A run that fails is not repeated: the next one comes within a minute. */
  private wakeBySchedule(): void {
    const { resource } = this.poster;
    resource.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    const rule = new Rule(this, 'Due', {
      ruleName: 'staunch-slack-due',
      description: 'Has the poster wake the channels that have something due.',
      schedule: Schedule.rate(Duration.minutes(1)),
    });
    rule.addTarget(
      new LambdaTarget(resource, {
        event: RuleTargetInput.fromObject({ sweep: true }),
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
      }),
    );
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
