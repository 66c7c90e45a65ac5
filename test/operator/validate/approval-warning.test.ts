import { approvalWarning } from '../../../operator/validate/approval-warning';
import { policyWith } from '../../config/support/policy';

const who = '[{ owners: StaunchOwners }]';
const entry = (where: string) => `people: [{ who: ${who}, may: [approve]${where && `, where: ${where}`} }]\n`;
const said = (autoResponse: string, people = '') =>
  approvalWarning(policyWith(`autoResponse: ${autoResponse}\n${people}`));

describe('the warning that nobody may approve what waits', () => {
  it('names each line by which something waits, and where to name somebody', () => {
    expect(
      said(
        '{ default: off, organizationalUnits: { /Workloads: approval }, accounts: { payments: { controls: { s3-public-access: approval } } } }',
      ),
    ).toBe(
      'Warning: nobody may approve what would wait by /Workloads (policy.yaml:6), s3-public-access in account payments (policy.yaml:6). Name somebody in people, with approve in may.',
    );
  });

  it('is given where somebody may other things only', () => {
    expect(said('{ default: approval }', `people: [{ who: ${who}, may: [deny, view] }]\n`)).toMatch(
      /the default/,
    );
  });

  it('is given under on, as long as a lossy plan waits', () => {
    expect(said('{ default: on }')).toMatch(/the default/);
    expect(said('{ default: on }', 'lossy: apply\n')).toBeUndefined();
  });

  it('is not given where nothing waits', () => {
    expect(said('{ default: off }')).toBeUndefined();
  });

  it.each<[string, string, string, boolean]>([
    ['the whole organization for a unit', '', '{ organizationalUnits: { /Workloads: approval } }', false],
    ['the root for the default', '{ organizationalUnits: [/] }', '{ default: approval }', false],
    [
      'a unit for itself',
      '{ organizationalUnits: [/A] }',
      '{ organizationalUnits: { /A: approval } }',
      false,
    ],
    [
      'a unit for what lies in it',
      '{ organizationalUnits: [/A] }',
      '{ organizationalUnits: { /A/B: approval } }',
      false,
    ],
    [
      'a unit for another',
      '{ organizationalUnits: [/A] }',
      '{ organizationalUnits: { /AB: approval } }',
      true,
    ],
    ['an account for itself', '{ accounts: [a] }', '{ accounts: { a: approval } }', false],
    ['an account for another', '{ accounts: [a] }', '{ accounts: { b: approval } }', true],
    ['a control for another', '{ controls: [s3-public-access] }', '{ default: approval }', true],
    [
      'a control for itself',
      '{ controls: [s3-public-access] }',
      '{ default: { controls: { s3-public-access: approval } } }',
      false,
    ],
    // Only the organization tells these.
    ['some units for the default', '{ organizationalUnits: [/A] }', '{ default: approval }', false],
    ['a unit for an account', '{ organizationalUnits: [/A] }', '{ accounts: { a: approval } }', false],
    ['an account for a unit', '{ accounts: [a] }', '{ organizationalUnits: { /A: approval } }', false],
    ['a name for an id', '{ accounts: [a] }', '{ accounts: { "333333333333": approval } }', false],
    [
      'an id for a path',
      '{ organizationalUnits: [ou-abcd-11111111] }',
      '{ organizationalUnits: { /A: approval } }',
      false,
    ],
    [
      'a part for the whole',
      '{ organizationalUnits: [/A/B] }',
      '{ organizationalUnits: { /A: approval } }',
      false,
    ],
  ])('where an entry counts for %s', (_what, where, autoResponse, warned) => {
    expect(said(autoResponse, entry(where)) !== undefined).toBe(warned);
  });
});
