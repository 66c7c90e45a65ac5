import { parseOrganization } from '../../../config/organization';
import { rights } from '../../../core/right';
import { peopleRoles } from '../../../sandbox/scenario/people';
import { sandboxPolicy } from '../../../sandbox/scenario/policy';
import { placeholderIds } from '../../../sandbox/scenario/policy-file';
import { slackSecurityGroup, slackUsers } from '../../../sandbox/scenario/slack';
import { slackApp, slackTeam } from '../../../sandbox/slack/slack';

it("the scenario's policy names the roles that the sandbox creates, but Developer, and the people of its Slack", () => {
  const accounts = { ...placeholderIds.accounts, legacy: '100000000003', payments: '100000000004' };
  const units = { ...placeholderIds.units, Production: 'ou-sand-00000001', Staging: 'ou-sand-00000002' };
  const text = sandboxPolicy({ ...placeholderIds, accounts, units });
  const { people, slack } = parseOrganization(text, 'sandbox-policy.yaml');
  const [owners, team, preview, inSlack, owner, ...more] = people?.entries ?? [];
  expect(more).toEqual([]);
  expect(owners?.who).toEqual([{ owners: peopleRoles.owners }]);
  expect(team?.may).toEqual(rights);
  expect(team?.who).toEqual([
    { role: { account: '100000000002', name: peopleRoles.security } },
    { person: { permissionSet: 'SecurityTeam', email: 'alice@example.com', account: '100000000002' } },
    { person: { permissionSet: 'SecurityTeam', email: 'bob@example.com', account: '100000000002' } },
  ]);
  expect(preview).toMatchObject({
    who: [{ role: { account: '100000000002', name: peopleRoles.preview } }],
    may: ['preview'],
  });
  expect(slack).toMatchObject({ team: slackTeam, app: slackApp });
  expect(inSlack?.who).toEqual([{ slackGroup: slackSecurityGroup }, { slackUser: slackUsers.bob }]);
  expect(owner).toMatchObject({
    who: [{ slackUser: slackUsers.owner }],
    where: { accounts: ['100000000004'] },
  });
  expect(peopleRoles.person).toMatch(/^AWSReservedSSO_SecurityTeam_[0-9a-f]{16}$/);
  expect(text).not.toContain(peopleRoles.developer);
});
