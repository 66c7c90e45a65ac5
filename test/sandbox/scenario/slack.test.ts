import { securityPersons } from '../../../sandbox/scenario/people';
import { slackWorkspace } from '../../../sandbox/scenario/slack';
import { slackTeam } from '../../../sandbox/slack/slack';

describe('the scenario’s Slack', () => {
  it('has the persons of the security team under the addresses that Identity Center knows', () => {
    const emails = slackWorkspace.users.map(({ email }) => email);
    expect(emails).toEqual(expect.arrayContaining([...securityPersons]));
  });

  it('has ids as Slack makes them, each once', () => {
    const { users, groups, channels } = slackWorkspace;
    const ids = [...users, ...groups, ...channels].map(({ id }) => id);
    expect(ids.filter((id) => !/^[USC]0[A-Z0-9]{8,9}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(users.every(({ team }) => team === slackTeam)).toBe(true);
  });

  it('has groups of its own users', () => {
    const users = slackWorkspace.users.map(({ id }) => id);
    for (const group of slackWorkspace.groups) expect(users).toEqual(expect.arrayContaining(group.users));
  });
});
