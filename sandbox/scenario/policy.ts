import { stringify } from 'yaml';
import type { Organization } from '../organization/organization';
import { flags, hubAccount, regions, targets } from './organization';

/** The Slack channel that the sandbox's policy names. */
export const slackChannel = 'C0SECURITY1';

/** The organization's policy for the sandbox: the scenario's flags with this organization's ids. */
export function sandboxPolicy(
  ids: Pick<Organization, 'organizationId' | 'managementAccountId' | 'accounts' | 'units'>,
): string {
  return stringify({
    organization: { id: ids.organizationId, managementAccount: ids.managementAccountId },
    hub: { account: idOf(ids.accounts, hubAccount), region: regions[0] },
    regions: [...regions],
    targets: targets.map((name) => idOf(ids.units, name)),
    autoResponse: {
      default: 'off',
      organizationalUnits: byId(flags.units, ids.units),
      accounts: byId(flags.accounts, ids.accounts),
    },
    slack: { channel: slackChannel },
  });
}

function byId(flagsByName: Readonly<Record<string, string>>, ids: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(flagsByName).map(([name, flag]) => [idOf(ids, name), flag]));
}

function idOf(ids: Readonly<Record<string, string>>, name: string): string {
  const id = ids[name];
  if (id === undefined) throw new Error(`The sandbox's organization has nothing named ${name}`);
  return id;
}
