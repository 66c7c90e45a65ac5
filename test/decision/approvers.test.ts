import type { PeopleEntry } from '../../config/compiled';
import { approversOf } from '../../decision/approvers';
import { placeOf, policyOfPeople } from './support/people';

const source = 'policy.yaml:6';
const entries: PeopleEntry[] = [
  { who: [{ slackUser: 'U0ALICE0001' }, { slackGroup: 'S0SECURITY1' }], may: ['approve'], source },
  { who: [{ slackUser: 'U0ALICE0001' }], may: ['approve', 'deny'], source },
  {
    who: [{ slackUser: 'U0OWNER0001' }, { owners: 'Owners' }],
    may: ['approve'],
    where: { organizationalUnits: ['/Workloads/Prod'], controls: ['s3-public-access'] },
    source,
  },
  { who: [{ slackUser: 'U0VIEWER001' }], may: ['view', 'deny'], source },
];
const policy = policyOfPeople({
  entries,
  twoPersons: [],
  breakGlass: { who: [{ slackUser: 'U0GLASS0001' }], source },
});

describe('whom Slack can mention as approvers', () => {
  it('are users and groups who may approve there, each once, and nobody who may something else', () => {
    expect(approversOf(placeOf('333333333333'), 's3-public-access', policy)).toEqual({
      users: ['U0ALICE0001', 'U0OWNER0001'],
      groups: ['S0SECURITY1'],
    });
  });

  it('are those alone whose entry covers the place and the control', () => {
    const everywhere = { users: ['U0ALICE0001'], groups: ['S0SECURITY1'] };
    expect(approversOf(placeOf('555555555555'), 's3-public-access', policy)).toEqual(everywhere);
    expect(approversOf(placeOf('333333333333'), 'sqs-public-policy', policy)).toEqual(everywhere);
  });

  it('are nobody where the place is not known, the policy names nobody, or has no workspace', () => {
    const nobody = { users: [], groups: [] };
    expect(approversOf({ accountId: '333333333333', path: [] }, 's3-public-access', policy)).toEqual(nobody);
    expect(approversOf(placeOf('333333333333'), 's3-public-access', policyOfPeople(undefined))).toEqual(
      nobody,
    );
    const { app: _app, ...slack } = policy.slack;
    expect(approversOf(placeOf('333333333333'), 's3-public-access', { ...policy, slack })).toEqual(nobody);
  });
});
