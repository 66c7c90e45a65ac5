import { peopleChanges } from '../../../operator/plan/people-changes';
import { policyWith } from '../../config/support/policy';

const alice = '{ person: { permissionSet: Team, email: alice@example.com } }';
const owners = `people: [{ who: [{ owners: Owners }], may: [view], where: { organizationalUnits: [/A] } }]\n`;
const others = `people:
  - { who: [{ owners: Owners }], may: [view], where: { organizationalUnits: [/A] } }
  - { who: [${alice}], may: [undo] }
twoPersons: [undo]
breakGlass: [{ role: "arn:aws:iam::222222222222:role/break-glass" }]
`;

describe('what a policy changes of people', () => {
  it('is who comes, what takes two, and who may break the glass', () => {
    expect(peopleChanges(policyWith(others), policyWith(owners))).toEqual([
      'people come: alice@example.com with the permission set Team in account 222222222222 may undo in the whole organization (policy.yaml:8)',
      'take two persons: none → undo',
      'break-glass: none → role break-glass of account 222222222222',
    ]);
  });

  it('is who goes', () => {
    expect(peopleChanges(policyWith(''), policyWith(owners))).toEqual([
      'people go: role Owners of each account, in its own may view in /A (policy.yaml:6)',
    ]);
  });

  it('names the first few of many, and notices where another one changes', () => {
    const roles = (names: readonly string[]) =>
      `people:\n  - who: [${names.map((name) => `{ role: "arn:aws:iam::222222222222:role/${name}" }`).join(', ')}]\n    may: [view, preview, approve, deny, exempt, undo, retry, pause, thaw, limits]\n`;
    const [before, next] = [roles(['a', 'b', 'c', 'd', 'e']), roles(['a', 'b', 'c', 'd', 'f'])];
    const said =
      'role a of account 222222222222, role b of account 222222222222, role c of account 222222222222 and 2 more may do everything in the whole organization (policy.yaml:7)';

    expect(peopleChanges(policyWith(next), policyWith(before))).toEqual([
      `people come: ${said}`,
      `people go: ${said}`,
    ]);
  });

  it('is nothing where lines only moved', () => {
    expect(peopleChanges(policyWith(`lossy: wait\n${others}`), policyWith(others))).toEqual([]);
  });
});
