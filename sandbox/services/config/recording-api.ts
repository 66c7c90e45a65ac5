import * as z from 'zod';
import type { Place } from '../../events';
import { ConfigError } from './config-error';
import type { RecorderSettings } from './recorder';

/** What sets recorders and delivery channels up. */
export interface RecordingOperations {
  putRecorder(place: Place, settings: RecorderSettings): void;
  deleteRecorder(place: Place): void;
  startRecorder(place: Place): void;
  stopRecorder(place: Place): void;
  putChannel(place: Place, channel: { name: string; bucketName: string }): Promise<void>;
  deleteChannel(place: Place): void;
}

/** What the operations look at beside that. */
interface Standing {
  settingsOf(place: Place): RecorderSettings | undefined;
  isRecording(place: Place): boolean;
  deliveryChannel(place: Place): { name: string } | undefined;
}

type Operation = (place: Place, parameters: Record<string, unknown>) => object | Promise<object>;

const recorderRequest = z.object({
  ConfigurationRecorder: z.object({
    name: z.string().default('default'),
    roleARN: z.string(),
    recordingGroup: z
      .object({
        allSupported: z.boolean().default(false),
        resourceTypes: z.array(z.string()).default([]),
        recordingStrategy: z.object({ useOnly: z.string() }).optional(),
      })
      .default({ allSupported: true, resourceTypes: [] }),
    recordingMode: z.object({ recordingFrequency: z.enum(['CONTINUOUS', 'DAILY']) }).optional(),
  }),
});
const channelRequest = z.object({
  DeliveryChannel: z.object({ name: z.string().default('default'), s3BucketName: z.string() }),
});

/**
 * The operations with which somebody else than a template sets a recorder up, as AWS Control Tower did before Staunch came.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html
 */
export function recordingApi(
  setUp: RecordingOperations,
  standing: Standing,
): Readonly<Record<string, Operation>> {
  const requireRecorder = (place: Place, name: unknown): void => {
    if (standing.settingsOf(place)?.name === name) return;
    throw new ConfigError(
      'NoSuchConfigurationRecorderException',
      `Cannot find configuration recorder with the specified name '${name}'.`,
    );
  };
  return {
    PutConfigurationRecorder(place, parameters) {
      const { ConfigurationRecorder: recorder } = recorderRequest.parse(parameters);
      const { recordingGroup: group, recordingMode: mode } = recorder;
      setUp.putRecorder(place, {
        name: recorder.name,
        roleArn: recorder.roleARN,
        resourceTypes: group.resourceTypes,
        allSupported: group.recordingStrategy
          ? group.recordingStrategy.useOnly === 'ALL_SUPPORTED_RESOURCE_TYPES'
          : group.allSupported,
        ...(mode && { frequency: mode.recordingFrequency }),
      });
      return {};
    },
    DeleteConfigurationRecorder(place, { ConfigurationRecorderName: name }) {
      requireRecorder(place, name);
      setUp.deleteRecorder(place);
      return {};
    },
    StartConfigurationRecorder(place, { ConfigurationRecorderName: name }) {
      requireRecorder(place, name);
      if (!standing.deliveryChannel(place)) {
        throw new ConfigError(
          'NoAvailableDeliveryChannelException',
          'Delivery channel is not available to start configuration recorder.',
        );
      }
      setUp.startRecorder(place);
      return {};
    },
    StopConfigurationRecorder(place, { ConfigurationRecorderName: name }) {
      requireRecorder(place, name);
      setUp.stopRecorder(place);
      return {};
    },
    async PutDeliveryChannel(place, parameters) {
      const { DeliveryChannel: channel } = channelRequest.parse(parameters);
      await setUp.putChannel(place, { name: channel.name, bucketName: channel.s3BucketName });
      return {};
    },
    DeleteDeliveryChannel(place, { DeliveryChannelName: name }) {
      if (standing.deliveryChannel(place)?.name !== name) {
        throw new ConfigError(
          'NoSuchDeliveryChannelException',
          `Cannot find delivery channel with specified name '${name}'.`,
        );
      }
      if (standing.isRecording(place)) {
        throw new ConfigError(
          'LastDeliveryChannelDeleteFailedException',
          `Failed to delete last specified delivery channel with name '${name}', because there is a running configuration recorder.`,
        );
      }
      setUp.deleteChannel(place);
      return {};
    },
  };
}
