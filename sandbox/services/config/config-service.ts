import { setMaxListeners } from 'node:events';
import { type Clock, pause, systemClock } from '../../clock';
import type { EventLog, Place } from '../../events';
import type { Failures } from '../../failures';
import type { ApiAnswer, ApiCall, Gateway } from '../../gateway/api';
import { isLost } from '../../lost';
import { recordedTypes } from '../../resources/recorded';
import type { EventsService } from '../events/definitions';
import type { LambdaService } from '../lambda/definitions';
import { ClientsByPlace } from './account-clients';
import { configApi } from './api';
import { textsOf } from './call-parameters';
import { ConfigError } from './config-error';
import { CustomRules } from './custom-rules';
import type { ConfigService } from './definitions';
import { checkDelivery } from './delivery-channel';
import { Evaluations } from './evaluations';
import { PendingWork } from './pending-work';
import type { RecordedType } from './recorded-type';
import { Recorder, type RecorderSettings } from './recorder';
import type { RecordingOperations } from './recording-api';
import { Rules } from './rules';

/** What the sandbox's AWS Config works with. */
export interface ConfigServiceOptions {
  gateway: Gateway;
  lambda: Pick<LambdaService, 'invokeForService'>;
  events: Pick<EventsService, 'emitFromService'>;
  log: EventLog;
  failures: Failures;
  clock?: Clock;
  /** Pauses before a failed function is tried again, in milliseconds. Default: AWS's minutes in seconds. */
  retryDelays?: readonly number[];
  /** How long after an evaluation was started the next is refused, in milliseconds. Default: AWS's minute as a second. */
  evaluationInterval?: number;
  /** Milliseconds from a change to its configuration item. Default: 0. */
  itemDelay?: number;
  /** Whether rules are evaluated, until `setEvaluating`; what changes is recorded either way. Default: true. */
  evaluates?: boolean;
}

/**
 * How long a delivery channel waits for the recorder; milliseconds. A template must not order the two: a channel needs a
 * recorder, and a recorder starts only with a channel.
 *
 * https://docs.aws.amazon.com/config/latest/APIReference/API_PutDeliveryChannel.html
 * https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigurationRecorder.html
 */
const recorderPatience = 10_000;

/**
 * AWS Config's part of the sandbox: sees every call that changes a resource which it can record, whoever makes it, records
 * configuration items, has the rules evaluated, and answers AWS Config's API on the gateway.
 */
export function createConfigService(options: ConfigServiceOptions): ConfigService {
  const { gateway, log, failures, clock = systemClock, retryDelays = [1000, 2000] } = options;
  const { evaluationInterval = 1000, itemDelay = 0 } = options;
  let { evaluates = true } = options;
  const stopped = new AbortController();
  // Every invocation that waits to be tried again listens; that is no leak.
  setMaxListeners(0, stopped.signal);
  const work = new PendingWork(failures);
  const clients = new ClientsByPlace(gateway);
  const evaluations = new Evaluations(options.events, log, work);
  const custom = new CustomRules(options.lambda, work, clock, retryDelays, stopped.signal);
  const types: readonly RecordedType[] = recordedTypes({
    clients,
    latest: (place, resourceType) => recorder.latest(place, resourceType),
    placesOf: (accountId) => recorder.placesOf(accountId),
  });
  const delay = { milliseconds: itemDelay, stopped: stopped.signal };
  const recorder: Recorder = new Recorder(types, work, log, clock, delay, ({ item, diff }, place) => {
    if (evaluates) rules.onItem(item, diff, place);
  });
  const rules = new Rules(recorder, custom, evaluations, clients, work, clock, evaluationInterval);
  const bucketOwners = new Map<string, string>();
  const channels = new Map<string, { name: string; bucketName: string }>();
  const deliveryChannel = (place: Place) => channels.get(placeKey(place));
  const setUp: RecordingOperations = {
    putRecorder: (place, settings) => recorder.put(place, settings),
    deleteRecorder: (place) => recorder.delete(place),
    startRecorder: (place) => recorder.start(place),
    stopRecorder: (place) => recorder.stop(place),
    putChannel: async (place, channel) => {
      const settings = recorder.settingsOf(place);
      if (!settings) throw noRecorder(place);
      const owner = bucketOwners.get(channel.bucketName);
      await checkDelivery(gateway, place, settings, channel.bucketName, owner);
      channels.set(placeKey(place), channel);
    },
    deleteChannel: (place) => void channels.delete(placeKey(place)),
  };

  gateway.own(
    'config',
    configApi({ recorder, rules, custom, evaluations, deliveryChannel, setUp, failures, clock }),
  );
  gateway.afterCall(async (call, answer) => {
    if (stopped.signal.aborted) return;
    if (call.service === 's3' && call.operation === 'CreateBucket') {
      for (const bucket of textsOf(call, 'Bucket')) bucketOwners.set(bucket, call.accountId);
    }
    await noticeChanges(call, answer);
    if (evaluates) rules.onCall(call);
  });

  return {
    putConfigurationRecorder: (place, settings) => recorder.put(place, settings),

    deleteConfigurationRecorder: (place) => recorder.delete(place),

    deleteDeliveryChannel(place) {
      channels.delete(placeKey(place));
      recorder.stop(place);
    },

    async putDeliveryChannel(place, channel) {
      const settings = await recorderOf(place);
      await checkDelivery(gateway, place, settings, channel.bucketName, bucketOwners.get(channel.bucketName));
      channels.set(placeKey(place), channel);
      recorder.start(place);
    },

    async putRule(rule) {
      if (evaluates) await rules.put(rule);
    },

    deleteRule: (ruleArn) => rules.delete(ruleArn),

    setEvaluating(wanted) {
      evaluates = wanted;
    },

    idle: () => work.idle(),

    stop() {
      stopped.abort();
      work.stop();
      clients.stop();
    },
  };

  async function noticeChanges(call: ApiCall, answer: ApiAnswer): Promise<void> {
    for (const type of types) {
      for (const touch of await type.touches(call, answer)) {
        const { aspects: _, ...resource } = touch;
        log.emit({ kind: 'changed', operation: call.operation, by: call.principal.arn, ...resource });
        if (!isLost(call, 'item')) recorder.touch(touch);
      }
    }
  }

  async function recorderOf(place: Place): Promise<RecorderSettings> {
    const giveUp = clock.now() + recorderPatience;
    for (;;) {
      const settings = recorder.settingsOf(place);
      if (settings !== undefined) return settings;
      if (clock.now() >= giveUp || stopped.signal.aborted) {
        throw noRecorder(place);
      }
      await pause(clock, 50, stopped.signal);
    }
  }
}

function noRecorder({ accountId, region }: Place): ConfigError {
  return new ConfigError(
    'NoAvailableConfigurationRecorderException',
    `Configuration recorder is not available to put delivery channel in ${accountId}, ${region}.`,
  );
}

function placeKey(place: Place): string {
  return `${place.accountId}/${place.region}`;
}
