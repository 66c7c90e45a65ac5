import { callsIn } from '../../cure';
import { coveredIn } from '../../deployed/judges/places-of';
import type { Check, Verdict } from '../../verdict';
import type { BeforeFacts } from '../facts';
import { unread } from './unread';

const check = 'quotas';

/** Instances of one stack set: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const mostInstances = 100_000;
/** "Concurrent executions": https://docs.aws.amazon.com/general/latest/gr/lambda-service.html */
const executionsQuota = 'L-B99A9384';

/** Whether AWS gives as much as the deployment takes. */
export const quotas: Check<BeforeFacts> = {
  name: check,
  judge: (facts) => [instancesOf(facts), executionsOf(facts), ...operationsOf(facts)],
};

function instancesOf({ accounts, regions, hub }: BeforeFacts): Verdict {
  const instances = coveredIn(accounts).length * regions.length;
  if (instances <= mostInstances)
    return { check, condition: 'well', text: `${instances} of ${mostInstances} instances of a stack set.` };
  return {
    check,
    condition: 'not well',
    text: `The largest stack set would have ${instances} instances; AWS takes ${mostInstances}.`,
    cure: {
      account: hub.account,
      says: 'Name fewer Regions, or exclude units.',
      steps: [{ does: 'edit the policy', key: 'regions', value: `[${hub.region}]` }],
    },
  };
}

function executionsOf({ hubFacts, hub, executionsNeeded }: BeforeFacts): Verdict {
  const { executions } = hubFacts;
  const at = { accountId: hub.account, region: hub.region };
  if ('unread' in executions) return unread(check, hub.account, executions.unread, at);
  if (executions.read >= executionsNeeded)
    return { check, ...at, condition: 'well', text: `${executions.read} executions of Lambda at once.` };
  return {
    check,
    ...at,
    condition: 'not well',
    text: `The hub takes ${executionsNeeded} executions of Lambda at once, and AWS gives the account ${executions.read}.`,
    cure: callsIn(hub.account, [
      {
        service: 'service-quotas',
        operation: 'RequestServiceQuotaIncrease',
        region: hub.region,
        input: {
          ServiceCode: 'lambda',
          QuotaCode: executionsQuota,
          DesiredValue: Math.max(1_000, executionsNeeded),
        },
      },
    ]),
  };
}

/** One operation of a stack set runs at a time: another one waits, or a deployment fails. */
function operationsOf({ hubFacts, hub }: BeforeFacts): Verdict[] {
  const { operations } = hubFacts;
  const at = { accountId: hub.account, region: hub.region };
  if ('unread' in operations) return [unread(check, hub.account, operations.unread, at)];
  return operations.read.map(({ stackSet, id, action }) => ({
    check,
    ...at,
    condition: 'not well',
    text: `The stack set ${stackSet} is in the middle of ${action}.`,
    cure: callsIn(
      hub.account,
      [
        {
          service: 'cloudformation',
          operation: 'StopStackSetOperation',
          region: hub.region,
          input: { StackSetName: stackSet, OperationId: id, CallAs: 'DELEGATED_ADMIN' },
        },
      ],
      'Wait until it has ended, or stop it.',
    ),
  }));
}
