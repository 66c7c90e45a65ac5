import type { SlackChannel, SlackGroup, SlackUser } from '../slack/model';
import { slackTeam } from '../slack/slack';

/** The Slack channel that the sandbox's policy names. */
export const slackChannel = 'C0SECURITY1';

/** Ids of the people in the scenario's Slack, by what they are there. */
export const slackUsers = {
  /** Of the security team, and of its user group. */
  alice: 'U0ALICE0001',
  /** Of the security team. */
  bob: 'U0BOB00001',
  /** Owns the account `payments`. */
  owner: 'U0OWNER0001',
  /** A guest of the workspace, who may nothing. */
  guest: 'U0GUEST0001',
} as const;

/** The security team's user group. */
export const slackSecurityGroup = 'S0SECURITY1';

/** A channel beside the central one, for routes. */
export const slackPaymentsChannel = 'C0PAYMENTS1';

const users: readonly SlackUser[] = [
  { id: slackUsers.alice, name: 'Alice Example', email: 'alice@example.com', team: slackTeam },
  { id: slackUsers.bob, name: 'Bob Example', email: 'bob@example.com', team: slackTeam },
  { id: slackUsers.owner, name: 'Olivia Owner', email: 'olivia@example.com', team: slackTeam },
  {
    id: slackUsers.guest,
    name: 'Gus Guest',
    email: 'gus@example.org',
    team: slackTeam,
    restricted: true,
  },
];

const groups: readonly SlackGroup[] = [
  { id: slackSecurityGroup, handle: 'security-team', users: [slackUsers.alice] },
];

const channels: readonly SlackChannel[] = [
  { id: slackChannel, name: 'security' },
  { id: slackPaymentsChannel, name: 'payments' },
];

/** The workspace of the scenario's Slack. */
export const slackWorkspace = { users, groups, channels };
