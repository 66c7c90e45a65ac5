import type { CompiledPolicy } from '../../../../config/compiled';
import { parseCompiledPolicy } from '../../../../config/compiled';
import { policyDigest } from '../../../../config/policy-digest';
import { coverageRows } from '../../../../ledger/coverage/coverage-gaps';
import { patrolMilliseconds } from '../../../../ledger/coverage/watched-places';
import type { CallPlace } from '../../../aws/access';
import type { Reading } from '../../../aws/reading';
import { coverageItems, patrolledTypes } from '../../../coverage/ask-coverage';
import { OperatorError } from '../../../errors';
import { deployedPolicy } from '../../../hub/deployed-policy';
import type { Hub } from '../../../hub/hub';
import type { DeployedFacts } from '../facts';
import { coveredIn } from '../judges/places-of';
import type { DeployedQuestion, HubSources } from './read-deployed';
import { readInstances } from './read-instances';

/** What a person's credentials tell of the hub. What cannot be asked is unread. */
export function hubSources(hub: Hub, question: DeployedQuestion): Required<HubSources> {
  const place: CallPlace = { region: question.policy.hub.region };
  return {
    samePolicy: () => samePolicy(hub, question),
    instances: (sets) => readInstances(question.access, place, [...sets]),
    coverage: () => readCoverage(hub, question),
    refusals: () => refusals(hub),
    progress: (what, work) => hub.host.progress(what, work),
  };
}

/** Whether the hub works by what would be deployed now: the policy with the code that decides. */
async function samePolicy(hub: Hub, { policy, verdictCode }: DeployedQuestion): Promise<Reading<boolean>> {
  return asked(async () => {
    const deployed = await deployedPolicy(hub, policy.hub);
    if ('unknown' in deployed) return { unread: deployed.unknown };
    const meant: CompiledPolicy = { ...policy, verdictCode };
    // Both in the order of the schema.
    const [one, other] = [meant, deployed.policy].map((each) =>
      policyDigest(parseCompiledPolicy(JSON.stringify(each))),
    );
    return { read: one === other };
  });
}

async function readCoverage(
  hub: Hub,
  { policy, accounts, now }: DeployedQuestion,
): Promise<DeployedFacts['coverage']> {
  return asked(async () => ({
    read: coverageRows({
      places: coveredIn(accounts).flatMap(({ accountId }) =>
        policy.regions.map((region) => ({ accountId, region })),
      ),
      resourceTypes: patrolledTypes,
      items: await coverageItems(hub),
      unreachable: [],
      every: patrolMilliseconds(policy),
      now,
    }),
  }));
}

/** Accounts whose roles the coordinator could not assume lately, by id. What cannot be read is told of the ledger elsewhere. */
async function refusals(hub: Hub): Promise<ReadonlyMap<string, string>> {
  const list = await asked(async () => ({
    read: await hub.ask('ledger', () => hub.unreachableAccounts.list()),
  }));
  return new Map('read' in list ? list.read.map(({ accountId, reason }) => [accountId, reason]) : []);
}

/** @throws what is not of the hub, or of the way to it */
async function asked<Value>(question: () => Promise<Reading<Value>>): Promise<Reading<Value>> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof OperatorError) return { unread: error.message };
    throw error;
  }
}
