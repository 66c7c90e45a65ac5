import { stringify } from 'yaml';
import type { Flag } from '../../core/report';
import type { Organization } from '../services/organizations/organization';
import { slackApp, slackTeam } from '../slack/slack';
import { alarms, flags, hubAccount, regions, targets } from './organization';
import { peopleOf } from './people';
import { slackChannel } from './slack';

/** What the sandbox's policies say of Slack: people decide there. */
export const slackSettings = { channel: slackChannel, team: slackTeam, app: slackApp, storm: 1_000 } as const;

/** What the sandbox's policy is called, so that nobody looks for its lines in `config/organization.yaml`. */
export const sandboxPolicyName = 'sandbox-policy.yaml';

/** What a policy is made from: ids by name. */
type Ids = Pick<Organization, 'organizationId' | 'managementAccountId' | 'accounts' | 'units'>;

/** The scenario's flags by id, as a policy writes them. */
interface AutoResponse {
  default: Flag;
  organizationalUnits: Readonly<Record<string, Flag>>;
  accounts: Readonly<Record<string, Flag>>;
}

/** Keys of a policy that replace those of the scenario's, or are added to them. */
export type PolicyChange = (ids: Ids, scenario: AutoResponse) => Record<string, unknown>;

/** The organization's policy for the sandbox: the scenario's flags with this organization's ids. */
export function sandboxPolicy(ids: Ids, change: PolicyChange = () => ({})): string {
  const autoResponse: AutoResponse = {
    default: 'off',
    organizationalUnits: byId(flags.units, ids.units),
    accounts: byId(flags.accounts, ids.accounts),
  };
  return stringify({
    organization: { id: ids.organizationId, managementAccount: ids.managementAccountId },
    hub: { account: idOf(ids.accounts, hubAccount), region: regions[0], alarms },
    regions: [...regions],
    targets: targets.map((name) => idOf(ids.units, name)),
    autoResponse,
    // Everything is broken at once here, and is to be healed within seconds.
    limits: { fixesPerHour: { account: 1_000, organization: 2_000 } },
    // Everything is broken at once here, and each is to be seen by itself.
    slack: slackSettings,
    people: peopleOf(idOf(ids.accounts, hubAccount), idOf(ids.accounts, 'payments')),
    ...change(ids, autoResponse),
  });
}

function byId(flagsByName: Readonly<Record<string, Flag>>, ids: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(flagsByName).map(([name, flag]) => [idOf(ids, name), flag]));
}

/** @throws Error when nothing has the name */
export function idOf(ids: Readonly<Record<string, string>>, name: string): string {
  const id = ids[name];
  if (id === undefined) throw new Error(`The sandbox's organization has nothing named ${name}`);
  return id;
}
