import type { Flag } from '../../core/report';
import type { OrganizationalUnit } from '../services/organizations/organization';

/** Name of the account that is the hub. */
export const hubAccount = 'security';

/** Who would hear of alarms, if any rang: an address that is nobody's, https://www.rfc-editor.org/rfc/rfc2606 */
export const alarms = ['security@example.com'];

/** Regions that the sandbox watches; the first is the hub's. */
export const regions = ['eu-west-1', 'us-east-1'] as const;

/** The organizational units below the root, with their accounts. */
export const units: Readonly<Record<string, OrganizationalUnit>> = {
  Security: { accounts: [hubAccount] },
  Workloads: {
    accounts: ['analytics'],
    units: {
      Production: { accounts: ['payments', 'storefront'] },
      Staging: { accounts: ['staging'], units: { Nightly: { accounts: ['nightly'] } } },
    },
  },
  Sandbox: { accounts: ['playground', 'legacy'] },
};

/** Organizational units that the stack sets go to, with everything nested in them. */
export const targets = ['Workloads', 'Sandbox'] as const;

/** The account that is created during the run, and where. */
export const lateAccount = { name: 'newcomer', unit: 'Sandbox' } as const;

/** The policy's flags: everything that is not said here is off. */
export const flags: { units: Readonly<Record<string, Flag>>; accounts: Readonly<Record<string, Flag>> } = {
  units: { Production: 'approval', Staging: 'on', Sandbox: 'on' },
  accounts: { legacy: 'off' },
};

/** The flag that each account must come out with. Written out by hand, to be compared with what Staunch did. */
export const expectedFlags: Readonly<Record<string, Flag>> = {
  analytics: 'off',
  payments: 'approval',
  storefront: 'approval',
  staging: 'on',
  nightly: 'on',
  playground: 'on',
  legacy: 'off',
  newcomer: 'on',
};
