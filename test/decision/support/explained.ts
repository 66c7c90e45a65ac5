import type { Foretold } from '../../../decision/foretelling';
import type { FindingRecord } from '../../../ledger/findings/record';
import { explanationOf } from '../../../operator/explain/explanation';
import { accountFacts, findingFacts, stopsOf } from '../../../operator/explain/ledger-facts';
import type { World } from '../../hub-functions/coordinator/world';
import { testIdentity } from '../../support/findings';

/** What `staunch explain` foretells of the one resource. */
export async function explained(world: World): Promise<Foretold> {
  const { policy } = world;
  const { region, resourceId, accountId, control } = testIdentity;
  const now = world.clock.now();
  const parts = world.parts();
  const records: FindingRecord[] = [];
  for await (const record of world.ledger.list(() => {})) records.push(record);
  const chain = world.path.map(({ id }) => ({ id, name: id }));
  const [nearest] = chain;
  const account = {
    id: accountId,
    name: 'payments',
    unit: { id: nearest?.id ?? '', path: '/', chain },
    closed: false,
  };
  return explanationOf({
    policy,
    policyName: 'the policy that is deployed',
    structure: { units: [], accounts: [account] },
    account,
    control,
    resource: { region, resourceId },
    problems: [],
    ledger: {
      ...(await findingFacts(parts, testIdentity, records, now)),
      ...(await accountFacts(parts, accountId, policy, await stopsOf(parts), now)),
      names: { unresolved: world.missing, lost: world.lost },
    },
    now,
  }).foretold;
}
