import { peopleWarnings } from '../../../operator/validate/people-warnings';
import { policyWith } from '../../config/support/policy';

const said = (people: string) => peopleWarnings(policyWith(people));
const alice = '{ person: { permissionSet: Team, email: alice@example.com } }';
const bob = '{ person: { permissionSet: Team, email: bob@example.com } }';
const role = '{ role: "arn:aws:iam::222222222222:role/responders" }';
const team =
  '{ role: "arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Team_0123456789abcdef" }';
const entryOf = (who: string, where = '') => `{ who: [${who}], may: [undo]${where && `, where: ${where}`} }`;
const two = (...entries: string[]) => said(`people: [${entries.join(', ')}]\ntwoPersons: [undo]\n`);

describe('the warning that nobody could be the second of two', () => {
  it('names whom nobody could follow, and where to name another', () => {
    expect(two(entryOf(`${role}, ${alice}`))).toEqual([
      'Warning: undo takes two persons, and nobody could be the second after alice@example.com with the permission set Team in account 222222222222 (policy.yaml:6). Name another person in people, with undo in may.',
    ]);
  });

  it('is given where the same person is named twice', () => {
    const elsewhere = '{ person: { permissionSet: Other, email: Alice@example.com } }';
    expect(two(entryOf(alice), entryOf(elsewhere))).toHaveLength(1);
  });

  it('is given where the other may elsewhere only', () => {
    const [a, b] = ['{ organizationalUnits: [/A] }', '{ organizationalUnits: [/B] }'];
    expect(two(entryOf(alice, a), entryOf(bob, b))).toEqual([
      expect.stringMatching(/alice@example\.com.*, bob@example\.com/),
    ]);
    expect(two(entryOf(alice, a), entryOf(bob, '{ organizationalUnits: [/A/C] }'))).toEqual([]);
    const controls = (id: string) => `{ controls: [${id}] }`;
    expect(
      two(entryOf(alice, controls('s3-public-access')), entryOf(bob, controls('sqs-public-policy'))),
    ).toHaveLength(1);
  });

  it('is not given where another person may', () => {
    expect(two(entryOf(`${alice}, ${bob}`))).toEqual([]);
    expect(two(entryOf(role), entryOf(alice), entryOf(bob))).toEqual([]);
  });

  it('is not given where all of a permission set may', () => {
    expect(two(entryOf(team))).toEqual([]);
  });

  it('is not given for what takes one', () => {
    expect(said(`people: [${entryOf(alice)}]\n`)).toEqual([]);
  });
});

describe('the warning of rights that no order can use', () => {
  it('is given for previews that something narrows, and for what is about no finding of a control', () => {
    expect(
      said(`people:
  - { who: [{ owners: Owners }], may: [preview, view] }
  - { who: [${role}], may: [preview], where: { accounts: [a] } }
  - { who: [${role}], may: [pause, approve], where: { controls: [s3-public-access] } }
`),
    ).toEqual([
      'Warning: no order can use preview (policy.yaml:7): a preview is of the whole policy, which neither where nor owners can narrow, preview (policy.yaml:8): a preview is of the whole policy, which neither where nor owners can narrow, pause (policy.yaml:9): it is about no finding, so that none of a control either.',
    ]);
  });

  it('is not given for what others of the entry can use, and for the root', () => {
    expect(
      said(`people:
  - { who: [{ owners: Owners }, ${role}], may: [preview] }
  - { who: [${alice}], may: [preview, pause], where: { organizationalUnits: [r-abcd] } }
`),
    ).toEqual([]);
  });
});
