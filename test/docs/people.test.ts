import { parseOrganization } from '../../config/organization';
import { type Actor, actorText } from '../../core/actor';
import { mayOrder } from '../../decision/people';
import { policyWith, problemsWith } from '../config/support/policy';
import { placeOf } from '../decision/support/people';
import { pageText } from './support/pages';

const text = pageText('docs/people.md');
const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].map(([, language, block = '']) => ({
  isPolicy: language === 'yaml',
  block,
}));
const policies = blocks.filter(({ isPolicy }) => isPolicy).map(({ block }) => block);
const [owners = '', team = ''] = policies;

const role = { kind: 'aws', account: '222222222222', type: 'role', name: 'StaunchOwners' } as const;

describe('docs/people.md', () => {
  it('shows only what a policy may say', () => {
    expect(policies).toHaveLength(6);
    for (const block of policies.filter((one) => !one.startsWith('slack:'))) {
      expect(problemsWith(block.startsWith('people:') ? block : `${team}${block}`)).toEqual([]);
    }
  });

  it('shows people in Slack as a policy names them, with the workspace and the app that it takes', () => {
    const [block = ''] = policies.filter((one) => one.startsWith('slack:'));
    const rest = `organization: { id: o-exampleorg1, managementAccount: "111111111111" }
hub: { account: "222222222222", region: eu-west-1 }
targets: [r-abcd]
`;
    const { people } = parseOrganization(`${rest}${block}`, 'policy.yaml');
    expect(people?.entries.map(({ who }) => who)).toEqual([
      [{ slackGroup: 'S0123456789' }, { slackUser: 'U0123456789' }],
      [{ slackUser: 'U0AAAAAAAAA' }],
    ]);
    const alice: Actor = {
      kind: 'slack',
      team: 'T0123456789',
      user: 'U0123456789',
      name: 'Alice Example',
      groups: [],
    };
    expect(text).toContain(`\`${actorText(alice)}\``);
  });

  it('shows a refused order as it is refused', () => {
    const maria: Actor = { ...role, account: '333333333333', session: 'maria' };
    const finding = {
      scope: 'account',
      place: placeOf('333333333333'),
      control: 's3-public-access',
    } as const;
    const ruling = mayOrder(maria, 'undo', finding, policyWith(owners));
    const said = 'wouldAllow' in ruling ? ruling.wouldAllow : '';
    const [shown = ''] = blocks.flatMap(({ block }) => (block.includes('may not undo') ? [block] : []));
    expect(shown.trim().replaceAll('\n', ' ').replace('organization.yaml:41', 'policy.yaml:7')).toBe(said);
  });

  it('shows a person as people are shown', () => {
    const name = 'AWSReservedSSO_SecurityTeam_0123456789abcdef';
    const alice: Actor = { ...role, name, session: 'alice@example.com' };
    expect(text).toContain(`\`${actorText(alice)}\``);
  });
});
