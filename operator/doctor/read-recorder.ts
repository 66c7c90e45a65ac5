import {
  type ConfigServiceClient,
  type ConfigurationRecorder,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  type RecordingGroup,
} from '@aws-sdk/client-config-service';
import { printable } from '../../resources/kit/printable';
import type { RecorderFacts } from './deployed/facts';

/**
 * The customer-managed recorder of an account and Region: there is one at most. Undefined where there is none.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigurationRecorders.html
 * @throws the SDK's errors
 */
export async function readRecorder(client: ConfigServiceClient): Promise<RecorderFacts | undefined> {
  const { ConfigurationRecorders: recorders = [] } = await client.send(
    new DescribeConfigurationRecordersCommand({}),
  );
  const [recorder] = recorders;
  if (recorder === undefined) return undefined;
  const { ConfigurationRecordersStatus: all = [] } = await client.send(
    new DescribeConfigurationRecorderStatusCommand({}),
  );
  const status = all.find(({ name }) => name === recorder.name);
  const failure =
    status?.lastStatus === 'Failure'
      ? printable([status.lastErrorCode, status.lastErrorMessage].filter(Boolean).join(': '))
      : undefined;
  return {
    name: recorder.name ?? 'default',
    roleArn: recorder.roleARN ?? '',
    isRecording: status?.recording === true,
    ...(failure !== undefined && { failure }),
    ...recordedBy(recorder.recordingGroup),
    ...frequenciesOf(recorder),
  };
}

/** Older recorders tell no strategy: then the flag for everything decides. */
function recordedBy(group: RecordingGroup | undefined): Pick<RecorderFacts, 'everything' | 'types'> {
  const strategy = group?.recordingStrategy?.useOnly;
  if (strategy === 'EXCLUSION_BY_RESOURCE_TYPES')
    return { everything: true, types: group?.exclusionByResourceTypes?.resourceTypes ?? [] };
  const everything =
    strategy === undefined ? group?.allSupported === true : strategy === 'ALL_SUPPORTED_RESOURCE_TYPES';
  return { everything, types: everything ? [] : (group?.resourceTypes ?? []) };
}

/** Overrides name a type each; AWS takes them with the other frequency alone. */
function frequenciesOf({
  recordingMode,
}: ConfigurationRecorder): Pick<RecorderFacts, 'isDaily' | 'otherwise'> {
  const isDaily = recordingMode?.recordingFrequency === 'DAILY';
  const otherwise = (recordingMode?.recordingModeOverrides ?? [])
    .filter(({ recordingFrequency }) => (recordingFrequency === 'DAILY') !== isDaily)
    .flatMap(({ resourceTypes = [] }) => resourceTypes);
  return { isDaily, otherwise };
}
