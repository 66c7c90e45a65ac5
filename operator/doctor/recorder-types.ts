import type { ApiCall } from './cure';
import type { RecorderFacts } from './deployed/facts';

/**
 * Types that a recorder should record, and does not, or only once a day where that is not meant. Pure.
 * @param mayBeDaily whether once a day is meant
 */
export function lacking(
  { everything, types, isDaily, otherwise }: RecorderFacts,
  recordedTypes: readonly string[],
  mayBeDaily: boolean,
): string[] {
  return recordedTypes.filter((type) => {
    const isRecorded = types.includes(type) !== everything;
    const isTypeDaily = otherwise.includes(type) !== isDaily;
    return !isRecorded || (isTypeDaily && !mayBeDaily);
  });
}

/**
 * The call by which a recorder records these types too, continuously. What it records already, and its role, stay: the call replaces
 * the whole of the recorder.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html
 */
export function recorderCall(
  found: RecorderFacts,
  recordedTypes: readonly string[],
  region: string,
): ApiCall {
  const { name, roleArn, everything, types } = found;
  const excluded = types.filter((type) => !recordedTypes.includes(type));
  return {
    service: 'config-service',
    operation: 'PutConfigurationRecorder',
    region,
    input: {
      ConfigurationRecorder: {
        name,
        roleARN: roleArn,
        recordingGroup: everything
          ? allBut(excluded)
          : only([...new Set([...types, ...recordedTypes])].sort()),
        recordingMode: modeOf(found, recordedTypes),
      },
    },
  };
}

function allBut(excluded: readonly string[]) {
  if (excluded.length === 0)
    return {
      allSupported: true,
      includeGlobalResourceTypes: false,
      recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
    };
  return {
    allSupported: false,
    exclusionByResourceTypes: { resourceTypes: excluded },
    recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
  };
}

function only(resourceTypes: readonly string[]) {
  return {
    allSupported: false,
    resourceTypes,
    recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
  };
}

/** What else is recorded daily stays so. */
function modeOf({ isDaily, otherwise }: RecorderFacts, recordedTypes: readonly string[]) {
  const [recordingFrequency, other] = isDaily ? ['DAILY', 'CONTINUOUS'] : ['CONTINUOUS', 'DAILY'];
  const overridden = isDaily
    ? [...new Set([...otherwise, ...recordedTypes])].sort()
    : otherwise.filter((type) => !recordedTypes.includes(type));
  if (overridden.length === 0) return { recordingFrequency };
  return {
    recordingFrequency,
    recordingModeOverrides: [{ resourceTypes: overridden, recordingFrequency: other }],
  };
}
