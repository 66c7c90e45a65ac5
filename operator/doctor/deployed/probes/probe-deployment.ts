import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Waiting } from '../../../../core/jittered';
import { ledgerTableName, probeForwardingRuleName } from '../../../../core/names';
import { type ProbeWay, probeMark } from '../../../../core/probe';
import { Probes } from '../../../../ledger/coverage/probes';
import { documentsOf } from '../../../../ledger/table/documents';
import { type AwsAccess, type CallPlace, withClient } from '../../../aws/access';
import { inParallel } from '../../../aws/in-parallel';
import { type Reading, reading } from '../../../aws/reading';
import type { ProbeFacts } from '../facts';
import type { AccountReading } from '../read/read-account';
import {
  type AccountProbes,
  type ProbeSending,
  type SentProbe,
  sendFromAccount,
  sendToPatrol,
} from './send-probes';

/**
 * For so long probes are waited for. CloudTrail hands over what it recorded to EventBridge within seconds mostly; how long it may take,
 * AWS does not promise.
 */
export const probeMilliseconds = 150_000;
/** So many places, drawn anew each time, get a probe of the patrol: each takes one of the executions with which it walks. */
export const mostPatrolProbes = 100;
const accountsAtOnce = 25;
const firstPause = 250;
const longestPause = 5_000;

/** What waiting for probes takes; a test waits in no time. */
export interface ProbeClock extends Waiting {
  now(): Date;
}

/** A round of probes. */
export interface ProbeRound {
  access: AwsAccess;
  hub: { account: string; region: string };
  /** With the session of the doctor's role. */
  place: CallPlace;
  /** Accounts that are covered, as they were read. */
  members: readonly AccountReading[];
  clock: ProbeClock;
}

/**
 * Sends a probe by each detector, and waits until those that were sent have reached the coordinator, or are late. Nothing is changed
 * anywhere: a probe names no resource. Rule functions and trails send one from every account and Region that could be read; the patrol
 * one for a sample.
 * @returns unread where no round could be begun
 */
export async function probeDeployment(round: ProbeRound): Promise<Reading<readonly ProbeFacts[]>> {
  const { access, hub, place, clock } = round;
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('hex');
  return withClient(access, DynamoDBClient, place, async (client) => {
    const probes = new Probes(documentsOf(client), ledgerTableName);
    const begun = await reading(() => probes.begin(id, secret, clock.now()));
    if ('unread' in begun) return begun;
    const startedAt = clock.now().getTime();
    const sent = await sendAll(round, {
      access,
      hub: place,
      hubAccount: hub.account,
      markOf: (way) => probeMark(id, secret, way),
    });
    return reading(async () => {
      const arrived = await arrivals(probes, id, sent, clock);
      return sent.map((probe): ProbeFacts => {
        const at = arrived.get(keyOf(probe));
        return {
          ...probe,
          ...(at !== undefined && { milliseconds: Math.max(0, Date.parse(at) - startedAt) }),
        };
      });
    });
  });
}

async function sendAll({ members, clock }: ProbeRound, sending: ProbeSending): Promise<SentProbe[]> {
  const known = members.filter(({ account }) => 'read' in account.session);
  const ofPatrol = drawn(
    known.flatMap(({ places }) =>
      places.map(({ accountId, region }): ProbeWay => ({ accountId, region, detector: 'patrol' })),
    ),
    clock.random,
  );
  // The patrol takes the longest way, and a queue may be in front of it.
  const [byPatrol, others] = await Promise.all([
    sendToPatrol(ofPatrol, sending),
    inParallel(known.map(probesOf), accountsAtOnce, (account) => sendFromAccount(account, sending)),
  ]);
  return [...others.flat(), ...byPatrol];
}

function probesOf({ account, places }: AccountReading): AccountProbes {
  return {
    accountId: account.accountId,
    byTrail: places
      .filter(
        ({ forwarding, trail }) =>
          'read' in forwarding &&
          forwarding.read.get(probeForwardingRuleName) === true &&
          // Where none logs, another check says so.
          !('read' in trail && !trail.read),
      )
      .map(({ region }) => region),
    byRule: account.recorder === 'none' ? [] : places.map(({ region }) => region),
  };
}

/** Some of many, each as likely as another. */
function drawn<Item>(items: readonly Item[], random: () => number): Item[] {
  const left = [...items];
  const some: Item[] = [];
  while (some.length < mostPatrolProbes && left.length > 0)
    some.push(...left.splice(Math.floor(random() * left.length), 1));
  return some;
}

/** When each probe arrived, by its way. Who was not sent is not waited for. */
async function arrivals(
  probes: Probes,
  round: string,
  sent: readonly SentProbe[],
  { now, pause }: ProbeClock,
): Promise<Map<string, string>> {
  const awaited = sent.filter((probe) => 'read' in probe.sent).map(keyOf);
  const end = now().getTime() + probeMilliseconds;
  for (let milliseconds = firstPause; ; milliseconds = Math.min(2 * milliseconds, longestPause)) {
    const arrived = new Map(
      (await probes.arrivals(round)).map((arrival) => [keyOf(arrival), arrival.arrivedAt]),
    );
    if (awaited.every((key) => arrived.has(key)) || now().getTime() >= end) return arrived;
    await pause(milliseconds);
  }
}

function keyOf({ accountId, region, detector }: ProbeWay): string {
  return [accountId, region, detector].join(' ');
}
