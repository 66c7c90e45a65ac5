import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../../../sandbox/clock';
import { EventLog, type Place, type SandboxEvent } from '../../../../../sandbox/events';
import { Failures } from '../../../../../sandbox/failures';
import type { Moto } from '../../../../../sandbox/moto/moto';
import { createConfigService } from '../../../../../sandbox/services/config/config-service';
import type { ConfigRule, ConfigService } from '../../../../../sandbox/services/config/definitions';
import type { RuleEvent } from '../../../../../sandbox/services/config/rule-event';
import type { InvocationResult } from '../../../../../sandbox/services/lambda/definitions';
import { startTestMoto } from '../../../../support/moto';
import { type OpenGateway, openGateway } from './open-gateway';

// Each test makes real calls, and the machine may be busy.

export const home: Place = { accountId: '111111111111', region: 'eu-west-1' };
export const functionArn = `arn:aws:lambda:${home.region}:${home.accountId}:function:judge`;
const hub = '999999999999';
const roleArn = `arn:aws:iam::${home.accountId}:role/staunch/recorder`;

/** An AWS Config on moto, with functions and buses that only remember. */
export interface Fixture {
  gateway: OpenGateway;
  config: ConfigService;
  log: EventLog;
  failures: Failures;
  /** What the rules' functions were invoked with. */
  invocations: RuleEvent[];
  callers: { servicePrincipal: string; sourceArn: string; sourceAccount: string }[];
  /** Answers an invocation; replace it to let functions fail. */
  answer: (event: RuleEvent) => InvocationResult | Promise<InvocationResult>;
  busEvents: { place: Place; source: string; detailType: string; detail: Record<string, unknown> }[];
  /** Resolves once AWS Config has nothing left to do; throws what failed. */
  settled(): Promise<void>;
  of<Kind extends SandboxEvent['kind']>(kind: Kind): Extract<SandboxEvent, { kind: Kind }>[];
  /** A recorder and a delivery channel in `home`. */
  startRecording(...resourceTypes: string[]): Promise<void>;
  stop(): Promise<void>;
}

let shared: Promise<Moto> | undefined;

/** One moto serves every test of a file. */
export function motoOfThisFile(): Promise<Moto> {
  shared ??= startTestMoto();
  return shared;
}

/** Gives that moto back, at the end of the file. */
export async function stopMotoOfThisFile(): Promise<void> {
  await (await shared)?.stop();
  shared = undefined;
}

/**
 * Starts an AWS Config on an empty moto.
 * @param now milliseconds since the epoch; the machine's clock when left out
 */
export async function createFixture(now = systemClock.now): Promise<Fixture> {
  const moto = await motoOfThisFile();
  await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' });
  const gateway = await openGateway(moto.endpoint);
  const log = new EventLog();
  const failures = new Failures();
  const invocations: RuleEvent[] = [];
  const callers: Fixture['callers'] = [];
  const busEvents: Fixture['busEvents'] = [];
  const fixture: Fixture = {
    gateway,
    log,
    failures,
    invocations,
    callers,
    busEvents,
    answer: () => ({ payload: 'null' }),
    config: createConfigService({
      gateway,
      log,
      failures,
      retryDelays: [0, 0],
      clock: { ...systemClock, now },
      lambda: {
        async invokeForService(_arn, payload, caller) {
          invocations.push(payload as RuleEvent);
          callers.push(caller);
          return fixture.answer(payload as RuleEvent);
        },
      },
      events: {
        async emitFromService(place, { source, detailType, detail }) {
          busEvents.push({ place, source, detailType, detail: detail as Record<string, unknown> });
        },
      },
    }),
    async settled() {
      const wait = async () => {
        while (!fixture.config.idle()) await sleep(5);
      };
      await Promise.race([wait(), failures.failed]);
      if (failures.all[0]) throw failures.all[0];
    },
    of: (kind) => log.events.filter((event): event is never => event.kind === kind),
    async startRecording(...resourceTypes) {
      await createDeliveryBucket(gateway);
      fixture.config.putConfigurationRecorder(home, {
        name: 'default',
        roleArn,
        resourceTypes,
        allSupported: false,
      });
      await fixture.config.putDeliveryChannel(home, { name: 'default', bucketName: 'delivery' });
      await fixture.settled();
    },
    async stop() {
      fixture.config.stop();
      await gateway.stop();
    },
  };
  return fixture;
}

/** A rule of a function, for the given types. */
export function customRule(...resourceTypes: string[]): ConfigRule {
  return {
    ...home,
    name: 'staunch-judge',
    arn: `arn:aws:config:${home.region}:${home.accountId}:config-rule/config-rule-abc123`,
    owner: 'CUSTOM_LAMBDA',
    sourceIdentifier: functionArn,
    inputParameters: '{"ports":"[22]"}',
    resourceTypes,
    messageTypes: ['ConfigurationItemChangeNotification', 'OversizedConfigurationItemChangeNotification'],
  };
}

/** A managed rule. */
export function managedRule(sourceIdentifier: string, parameters: Record<string, string> = {}): ConfigRule {
  return {
    ...customRule(),
    name: `staunch-${sourceIdentifier}`,
    owner: 'AWS',
    sourceIdentifier,
    inputParameters: JSON.stringify(parameters),
    messageTypes: [],
  };
}

/** Options of an SDK client that works as the administrator of `home`, or of another account. */
export function administrator(gateway: OpenGateway, accountId = home.accountId, region = home.region) {
  return {
    region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(accountId),
    maxAttempts: 1,
  };
}

async function createDeliveryBucket(gateway: OpenGateway): Promise<void> {
  const { S3Client, CreateBucketCommand } = await import('@aws-sdk/client-s3');
  const s3 = new S3Client({ ...administrator(gateway, hub), forcePathStyle: true });
  await s3.send(
    new CreateBucketCommand({
      Bucket: 'delivery',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  );
}
