import { callsIn } from '../../cure';
import { lacking, recorderCall } from '../../recorder-types';
import type { Check, Verdict } from '../../verdict';
import type { DeployedFacts, ExpectedAccount, RecorderFacts } from '../facts';
import { type Place, placesOf } from './places-of';

const check = 'recorder';

/** Whether AWS Config's recorder is there, records, and records what the rules need. */
export const recorder: Check<DeployedFacts> = {
  name: check,
  judge: (facts) =>
    placesOf(facts)
      .filter(({ account }) => account.recorder !== 'none')
      .map((place) => verdictOn(place, facts)),
};

function verdictOn({ account, place }: Place, { hub, recordedTypes }: DeployedFacts): Verdict {
  const { accountId, region } = place;
  const at = { check, accountId, region };
  if ('unread' in place.recorder)
    return {
      ...at,
      condition: 'unknown',
      text: 'The recorder cannot be read.',
      said: place.recorder.unread,
      cure: { account: hub.account, steps: [{ does: 'ask again' }] },
    };
  const found = place.recorder.read;
  if (found === undefined)
    return {
      ...at,
      condition: 'not well',
      text: 'There is no recorder.',
      cure:
        account.recorder === 'own'
          ? { account: hub.account, steps: [{ does: 'deploy' }] }
          : {
              account: hub.account,
              says: 'Or set up a recorder there, as your organization does it.',
              steps: [
                { does: 'edit the policy', key: `recorder.accounts."${accountId}"`, value: 'own' },
                { does: 'deploy' },
              ],
            },
    };
  const { name } = found;
  if (!found.isRecording)
    return {
      ...at,
      condition: 'not well',
      text: `The recorder ${name} is stopped.`,
      cure: callsIn(accountId, [
        {
          service: 'config-service',
          operation: 'StartConfigurationRecorder',
          region,
          input: { ConfigurationRecorderName: name },
        },
      ]),
    };
  return recordingVerdict(at, found, { recordedTypes, mayBeDaily: account.mayBeDaily });
}

function recordingVerdict(
  at: { check: string; accountId: string; region: string },
  found: RecorderFacts,
  { recordedTypes, mayBeDaily }: Pick<DeployedFacts, 'recordedTypes'> & Pick<ExpectedAccount, 'mayBeDaily'>,
): Verdict {
  const missing = lacking(found, recordedTypes, mayBeDaily);
  if (missing.length > 0)
    return {
      ...at,
      condition: 'not well',
      text: `The recorder ${found.name} does not record, or not continuously: ${missing.join(', ')}.`,
      cure: callsIn(at.accountId, [recorderCall(found, recordedTypes, at.region)]),
    };
  if (found.failure !== undefined)
    return {
      ...at,
      condition: 'not well',
      text: `The recorder ${found.name} failed last.`,
      said: found.failure,
      cure: callsIn(at.accountId, [
        {
          service: 'config-service',
          operation: 'StartConfigurationRecorder',
          region: at.region,
          input: { ConfigurationRecorderName: found.name },
        },
      ]),
    };
  return { ...at, condition: 'well', text: `${found.name} records` };
}
