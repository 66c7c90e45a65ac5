import { Effect, PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import {
  cardOfPrefix,
  cardPrefix,
  policyPartition,
  postPrefix,
  stopSwitchPartition,
  treePartition,
} from '../core/names';
import type { Partition } from '../core/partition';

/** A statement that allows. */
export function allow(props: Omit<PolicyStatementProps, 'effect'>): PolicyStatement {
  return new PolicyStatement({ ...props, effect: Effect.ALLOW });
}

/**
 * Limits a statement about items of a table to those whose partition key matches. Without `Null`, `ForAllValues` would also
 * hold for a request that names no key:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 * @param value the partition key, or a pattern of it for `StringLike`; or several, of which one has to match
 */
export function leadingKeys(
  operator: 'StringEquals' | 'StringLike',
  value: string | string[],
): Record<string, Record<string, string | string[]>> {
  return {
    [`ForAllValues:${operator}`]: { 'dynamodb:LeadingKeys': [value].flat() },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  };
}

/** Name of the log group of a function. */
export function logGroupName(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

/** Name of the log group of who called an API. */
export function accessLogGroupName(apiName: string): string {
  return `/aws/apigateway/${apiName}`;
}

/** Where a function has its logs. */
export interface LogPlace {
  partition: Partition;
  accountId: string;
  /** A Region, or `*`. */
  region: string;
}

/**
 * Lets a function write its own logs, and create no log group: the template does that.
 * The streams of a group are `<group's ARN>:log-stream:<name>`:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 * @param functionName a function's name; may hold a wildcard
 */
export function writeLogs(place: LogPlace, functionName: string): PolicyStatement {
  return allow({
    sid: 'WriteLogs',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logStreams(place, functionName)],
  });
}

/** ARN pattern of every stream in a function's log group. */
export function logStreams({ partition, accountId, region }: LogPlace, functionName: string): string {
  return `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName(functionName)}:*`;
}

/**
 * What Lambda needs of a function's role to poll a queue for it:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
 */
export function consumeQueue(queueArn: string): PolicyStatement {
  return allow({
    sid: 'ConsumeQueue',
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    resources: [queueArn],
  });
}

/** Reads the stop switch in the ledger. */
export function readStopSwitch(ledgerTableArn: string): PolicyStatement {
  return allow({
    sid: 'ReadStopSwitch',
    actions: ['dynamodb:Query'],
    resources: [ledgerTableArn],
    conditions: leadingKeys('StringEquals', stopSwitchPartition),
  });
}

/** Reads the organization's tree, and its parts, from the ledger. */
export function readTree(ledgerTableArn: string): PolicyStatement {
  return allow({
    sid: 'ReadTree',
    actions: ['dynamodb:GetItem', 'dynamodb:Query'],
    resources: [ledgerTableArn],
    conditions: leadingKeys('StringEquals', treePartition),
  });
}

/** Reads the accounts and units that the policy's names were bound to, from the ledger. */
export function readNames(ledgerTableArn: string): PolicyStatement {
  return allow({
    sid: 'ReadNames',
    actions: ['dynamodb:GetItem'],
    resources: [ledgerTableArn],
    conditions: leadingKeys('StringEquals', policyPartition),
  });
}

/** Reads and changes cards, and which cards show a finding, in the ledger, and says in the outbox that a card has to be posted. */
export function changeCards(ledgerTableArn: string): PolicyStatement[] {
  return [
    allow({
      sid: 'KeepCards',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      resources: [ledgerTableArn],
      conditions: leadingKeys('StringLike', [`${cardPrefix}*`, `${cardOfPrefix}*`]),
    }),
    allow({
      sid: 'FillOutbox',
      actions: ['dynamodb:PutItem'],
      resources: [ledgerTableArn],
      conditions: leadingKeys('StringLike', `${postPrefix}*`),
    }),
  ];
}
