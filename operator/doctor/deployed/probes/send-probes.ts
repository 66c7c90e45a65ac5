import { EnableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { cut } from '../../../../core/cut';
import { probeForwardingRuleName, queueNames, ruleFunctionName } from '../../../../core/names';
import { type PatrolProbe, patrolVersion } from '../../../../core/patrol-message';
import type { ProbeWay } from '../../../../core/probe';
import { queueUrl } from '../../../../core/queue-address';
import { printable } from '../../../../resources/kit/printable';
import { type AwsAccess, type CallPlace, type ClientSettings, withClient } from '../../../aws/access';
import { type Reading, reading } from '../../../aws/reading';
import { probeSession } from '../read/sessions';

/** Longer words of a function are cut; they are only told. */
const longestWords = 300;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const mostInBatch = 10;

/** An endpoint from the environment, as the sandbox gives one, counts before the queue's address. */
class QueueClient extends SQSClient {
  constructor(settings: ClientSettings) {
    super({ ...settings, useQueueUrlAsEndpoint: false });
  }
}

/** What sending takes. */
export interface ProbeSending {
  access: AwsAccess;
  /** The hub's Region, with the session of the doctor's role. */
  hub: CallPlace;
  hubAccount: string;
  /** The mark of a way. */
  markOf(way: ProbeWay): string;
}

/** Whether a probe was sent, or why it was not. */
export interface SentProbe extends ProbeWay {
  sent: Reading<true>;
}

/** An account's probes that leave from the account itself. */
export interface AccountProbes {
  accountId: string;
  /** Regions in which the doctor's own forwarding rule is there and enabled: enabling it again changes nothing. */
  byTrail: readonly string[];
  /** Regions in which the rule function is meant to be. */
  byRule: readonly string[];
}

/** Sends an account's probes by its trail and by its rule function. What AWS refuses was not sent, and the rest is sent all the same. */
export async function sendFromAccount(
  { accountId, byTrail, byRule }: AccountProbes,
  { access, hub, markOf }: ProbeSending,
): Promise<SentProbe[]> {
  const ways = [
    ...byTrail.map((region): ProbeWay => ({ accountId, region, detector: 'trail' })),
    ...byRule.map((region): ProbeWay => ({ accountId, region, detector: 'rule' })),
  ];
  if (ways.length === 0) return [];
  // The session carries the mark of the trail: CloudTrail writes its name into each record.
  const name = markOf({ accountId, region: hub.region, detector: 'trail' });
  const session = await reading(() => probeSession(access, accountId, hub, name));
  if ('unread' in session) return ways.map((way) => ({ ...way, sent: session }));
  const credentials = session.read;
  return Promise.all(
    ways.map(async (way) => {
      const place = { region: way.region, credentials };
      const send = way.detector === 'trail' ? enableRule : invokeRule;
      const answer = await reading(() => send(access, place, markOf(way)));
      return { ...way, sent: 'unread' in answer ? answer : answer.read };
    }),
  );
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html */
function enableRule(access: AwsAccess, place: CallPlace): Promise<Reading<true>> {
  return withClient(access, EventBridgeClient, place, async (events) => {
    await events.send(new EnableRuleCommand({ Name: probeForwardingRuleName }));
    return { read: true };
  });
}

/** The function answers once the hub's queue has taken the probe: https://docs.aws.amazon.com/lambda/latest/dg/invocation-sync.html */
function invokeRule(access: AwsAccess, place: CallPlace, mark: string): Promise<Reading<true>> {
  return withClient(access, LambdaClient, place, async (lambda) => {
    const { FunctionError: error, Payload: payload } = await lambda.send(
      new InvokeCommand({
        FunctionName: ruleFunctionName,
        Payload: Buffer.from(JSON.stringify({ probe: mark })),
      }),
    );
    if (error === undefined) return { read: true };
    const words = Buffer.from(payload ?? []).toString('utf8');
    return { unread: cut(printable(`${ruleFunctionName} failed: ${words}`), longestWords) };
  });
}

/** Sends probes to the patrol's queue, as its schedule sends walks. */
export async function sendToPatrol(
  ways: readonly ProbeWay[],
  { access, hub, hubAccount, markOf }: ProbeSending,
): Promise<SentProbe[]> {
  const url = queueUrl(hubAccount, hub.region, queueNames.patrol);
  const sent: SentProbe[] = [];
  for (let from = 0; from < ways.length; from += mostInBatch) {
    const some = ways.slice(from, from + mostInBatch);
    const answer = await reading(() =>
      withClient(access, QueueClient, hub, (sqs) => sendBatch(sqs, url, some, markOf)),
    );
    sent.push(
      ...some.map((way, index): SentProbe => {
        const failed = 'unread' in answer ? answer.unread : answer.read.get(index);
        return { ...way, sent: failed === undefined ? { read: true } : { unread: failed } };
      }),
    );
  }
  return sent;
}

/** @returns what SQS did not take, by its place in the batch, and why */
async function sendBatch(
  sqs: SQSClient,
  url: string,
  ways: readonly ProbeWay[],
  markOf: ProbeSending['markOf'],
): Promise<Map<number, string>> {
  const { Failed: failed = [] } = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: url,
      Entries: ways.map((way, index) => {
        const { accountId, region } = way;
        const probe: PatrolProbe = {
          version: patrolVersion,
          type: 'probe',
          accountId,
          region,
          mark: markOf(way),
        };
        return { Id: String(index), MessageBody: JSON.stringify(probe) };
      }),
    }),
  );
  return new Map(
    failed.map(({ Id, Code, Message }) => [
      Number(Id),
      printable([Code, Message].filter(Boolean).join(': ')),
    ]),
  );
}
