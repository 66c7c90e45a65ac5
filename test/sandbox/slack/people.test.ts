import type { SlackStandIn } from '../../../sandbox/slack/slack';
import { alice, bob, channel, clientOf, startStandIn } from './support/stand-in';

let slack: SlackStandIn;

beforeEach(async () => {
  slack = await startStandIn({ limits: 'none' });
});
afterEach(() => slack.stop());

it('says who somebody is', async () => {
  slack.users.push({ id: 'U0GUEST0001', name: 'Gus', team: 'T0OTHER0001', restricted: true, deleted: true });
  const { users } = clientOf(slack);
  expect((await users.info({ user: alice })).user).toMatchObject({
    real_name: 'Alice Example',
    is_restricted: false,
    deleted: false,
    profile: { email: 'alice@example.com' },
  });
  expect((await users.info({ user: 'U0GUEST0001' })).user).toMatchObject({
    team_id: 'T0OTHER0001',
    is_restricted: true,
    deleted: true,
  });
  await expect(users.info({ user: 'U9999999999' })).rejects.toMatchObject({
    data: { error: 'user_not_found' },
  });
});

it('tells no e-mail address without its scope, and nothing without a method’s', async () => {
  slack.scopes.splice(slack.scopes.indexOf('users:read.email'), 1);
  const { users } = clientOf(slack);
  expect((await users.info({ user: alice })).user?.profile).not.toHaveProperty('email');
  slack.scopes.splice(slack.scopes.indexOf('users:read'), 1);
  await expect(users.info({ user: alice })).rejects.toMatchObject({
    data: { error: 'missing_scope', needed: 'users:read' },
  });
  expect((await clientOf(slack).auth.test()).response_metadata?.scopes).not.toContain('users:read');
});

it('keeps what a test changes to itself', async () => {
  const users = [{ id: alice, name: 'Alice Example', team: slack.team }];
  const [one, other] = await Promise.all([startStandIn({ users }), startStandIn({ users })]);
  const [changed] = one.users;
  if (changed) changed.deleted = true;
  expect(other.users).toEqual(users);
  await Promise.all([one.stop(), other.stop()]);
});

it('lists groups, and who of them is still there', async () => {
  slack.groups[0]?.users.push(bob);
  const { usergroups } = clientOf(slack);
  expect((await usergroups.list({ include_users: true })).usergroups).toEqual([
    expect.objectContaining({ id: 'S0SECURITY1', handle: 'security-team', users: [alice, bob] }),
  ]);
  const left = slack.users.find(({ id }) => id === bob);
  if (left) left.deleted = true;
  expect((await usergroups.users.list({ usergroup: 'S0SECURITY1' })).users).toEqual([alice]);
  await expect(usergroups.users.list({ usergroup: 'S9' })).rejects.toMatchObject({
    data: { error: 'no_such_subteam' },
  });
});

it('tells of channels, and lists their members page by page', async () => {
  const { conversations } = clientOf(slack);
  expect((await conversations.info({ channel })).channel).toMatchObject({
    id: channel,
    is_member: true,
    is_archived: false,
  });
  const first = await conversations.members({ channel, limit: 1 });
  expect(first.members).toEqual([alice]);
  const cursor = first.response_metadata?.next_cursor ?? '';
  const second = await conversations.members({ channel, limit: 1, cursor });
  expect(second.members).toEqual([bob]);
  expect(second.response_metadata?.next_cursor).toBe('');
  await expect(conversations.members({ channel, cursor: 'bm9uZQ' })).rejects.toMatchObject({
    data: { error: 'invalid_cursor' },
  });
});
