import type { Reading } from '../../../aws/reading';
import { callsIn } from '../../cure';
import type { ExpectedAccount, RecorderFacts } from '../../deployed/facts';
import { coveredIn } from '../../deployed/judges/places-of';
import { lacking, recorderCall } from '../../recorder-types';
import type { Check, Verdict } from '../../verdict';
import type { BeforeFacts } from '../facts';
import { unread } from './unread';

const check = 'recorder';

/** What Staunch calls its own. */
export const ownRecorder = 'staunch';

/**
 * Whether the recorders that are there fit the policy: an account and Region can have one alone.
 * https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html
 */
export const recorders: Check<BeforeFacts> = {
  name: check,
  judge: (facts) =>
    coveredIn(facts.accounts)
      .filter(({ recorder }) => recorder !== 'none')
      .flatMap((account) =>
        [...account.recorders].map(([region, of]) => verdictOn({ account, region, of }, facts)),
      ),
};

interface Found {
  account: ExpectedAccount;
  region: string;
  of: Reading<RecorderFacts | undefined>;
}

function verdictOn({ account, region, of }: Found, facts: BeforeFacts): Verdict {
  const { accountId, recorder } = account;
  const at = { check, accountId, region };
  if ('unread' in of) return unread(check, facts.managementAccount, of.unread, at);
  if (recorder === 'own') return ownVerdict(at, of.read, facts.hub.account);
  if (of.read === undefined)
    return {
      ...at,
      condition: 'not well',
      text: 'There is no recorder, and the policy says that there is one.',
      cure: edit(facts.hub.account, accountId, 'own'),
    };
  return existingVerdict(at, of.read, facts);
}

type At = { check: string; accountId: string; region: string };

function ownVerdict(at: At, found: RecorderFacts | undefined, hub: string): Verdict {
  if (found === undefined || found.name === ownRecorder)
    return { ...at, condition: 'well', text: found === undefined ? 'none yet' : "Staunch's own" };
  return {
    ...at,
    condition: 'not well',
    text: `There is a recorder, ${found.name}, and the policy would set up another: AWS takes one alone.`,
    cure: edit(hub, at.accountId, 'existing'),
  };
}

function existingVerdict(at: At, found: RecorderFacts, { recordedTypes }: BeforeFacts): Verdict {
  if (!found.isRecording)
    return {
      ...at,
      condition: 'not well',
      text: `The recorder ${found.name} is stopped.`,
      cure: callsIn(at.accountId, [
        {
          service: 'config-service',
          operation: 'StartConfigurationRecorder',
          region: at.region,
          input: { ConfigurationRecorderName: found.name },
        },
      ]),
    };
  const missing = lacking(found, recordedTypes, false);
  if (missing.length === 0) return { ...at, condition: 'well', text: `${found.name} records` };
  return {
    ...at,
    condition: 'not well',
    text: `The recorder ${found.name} does not record, or not continuously: ${missing.join(', ')}.`,
    cure: callsIn(
      at.accountId,
      [recorderCall(found, recordedTypes, at.region)],
      'Where AWS Control Tower or another team looks after the recorder, change it there.',
    ),
  };
}

function edit(hub: string, accountId: string, mode: string) {
  return {
    account: hub,
    steps: [{ does: 'edit the policy' as const, key: `recorder.accounts."${accountId}"`, value: mode }],
  };
}
