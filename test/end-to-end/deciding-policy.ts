import type { PolicyChange } from '../../sandbox/scenario/policy';
import { slackUsers } from '../../sandbox/scenario/slack';

const day = 24 * 60 * 60_000;

/** Few fixes an hour, so that a test meets the limits. */
export const limits = { fixesPerHour: { account: 3, organization: 4 } };

/** When the policy's exemption ends: at the end of the day after tomorrow. */
const expires = new Date(Date.now() + 2 * day).toISOString().slice(0, 10);
/** The same, in milliseconds since the epoch. */
export const exemptUntil = Date.parse(expires) + day;

/** The scenario's policy with everything that people decide by; one for several files, so that it is synthesized once. */
export const decidingPolicy: PolicyChange = ({ accounts }) => ({
  limits,
  exemptions: [
    {
      control: 's3-public-access',
      account: accounts.playground,
      resource: 'website-*',
      reason: 'A public website.',
      owner: 'web team',
      expires,
    },
  ],
  twoPersons: ['undo'],
  breakGlass: [{ slackUser: slackUsers.owner }],
  securityHub: true,
});
