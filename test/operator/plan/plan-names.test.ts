import { policyDigest } from '../../../config/policy-digest';
import { rulingAt } from '../../../decision/finding-ruling';
import { explanationOf } from '../../../operator/explain/explanation';
import { namesMeant } from '../../../operator/explain/names-meant';
import { placeOf } from '../../../operator/organization/structure';
import { treeOfStructure } from '../../../operator/organization/structure-tree';
import { findingsAtOnce } from '../../../operator/plan/open-findings';
import { policyPlan } from '../../../operator/plan/policy-plan';
import { policyOf, readAt } from '../../config/support/policy';
import { recordOf } from '../records';
import { accountIn, structureWith } from '../structures';

const control = 'security-group-open-ports';
// `payments-prod` meant 888888888888 when the policy was deployed. That account was renamed since, and another took its name: the
// policy goes on meaning 888888888888.
const deployed = policyOf('  accounts: { payments-prod: on }');
const structure = structureWith(accountIn('prod', '888888888888', 'payments-old'));
const remembered = {
  digest: policyDigest(deployed),
  bound: { accounts: { 'payments-prod': '888888888888' }, units: {} },
};
const meant = namesMeant(deployed, treeOfStructure(structure, readAt), remembered);
const names = { next: meant, deployed: meant };
const { bound, seen } = meant;
const account = (id: string) => {
  const found = structure.accounts.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe('the plan of what is deployed, after an account took the name of another', () => {
  it.each(['333333333333', '888888888888'])('says of %s the flag by which the coordinator decides', (id) => {
    const place = { ...placeOf(structure, account(id)), bound };
    const coordinator = rulingAt(place, { control }, deployed, readAt).flag;
    const planned = policyPlan({ next: deployed, deployed, names }, structure).find(
      (one) => one.account.id === id,
    );
    const [plan] = planned?.controls.filter((one) => one.control === control) ?? [];
    expect(plan?.next).toMatchObject({ flag: coordinator });
  });

  it('foretells of an open finding what explain foretells', () => {
    const record = recordOf({ identity: { accountId: '333333333333' } });
    const { region, resourceId } = record.identity;
    const explained = explanationOf({
      policy: deployed,
      policyName: 'the policy that is deployed',
      structure,
      account: account('333333333333'),
      control,
      resource: { region, resourceId },
      ledger: { stops: [], undone: 'none' },
      names: { bound, seen },
      problems: [],
      now: readAt,
    }).foretold.ending;
    const known = () => ({ stops: [], undone: 'none' as const });
    const planned = findingsAtOnce(
      { next: deployed, deployed, names },
      structure,
      { records: [record], known },
      readAt,
    );
    // `explain`: reported, the flag is off. `plan`: it would be fixed at once.
    expect({ explained, planned: planned.map(({ becomes }) => becomes) }).toEqual({
      explained: 'reported',
      planned: [],
    });
  });
});

describe('the plan of a policy before it is deployed', () => {
  it('a path that nothing bears any more means what bore it last', () => {
    const next = policyOf('  organizationalUnits: { /Old: on }');
    const after = namesMeant(next, treeOfStructure(structure, readAt), {
      digest: 'another',
      bound: { accounts: {}, units: { '/Old': 'ou-abcd-sandbox0' } },
    });
    const place = { ...placeOf(structure, account('444444444444')), bound: after.bound };
    const coordinator = rulingAt(place, { control }, next, readAt).flag;
    const planned = policyPlan({ next, names: { next: after } }, structure).find(
      (one) => one.account.id === '444444444444',
    );
    expect(planned?.controls.find((one) => one.control === control)?.next).toMatchObject({
      flag: coordinator,
    });
  });
});
