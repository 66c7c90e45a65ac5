import type { People } from '../../config/compiled';
import type { CallerIdentity } from '../../core/actor';
import { rights } from '../../core/right';
import { accounts } from './findings';

/** A session of a role, as API Gateway tells it of a caller. */
export function roleOf(account: string, name: string, session = 'somebody'): CallerIdentity {
  return {
    accountId: account,
    userArn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    caller: `AROAEXAMPLE:${session}`,
  };
}

/** A person whom IAM Identity Center has signed in to the hub's account. */
export function personNamed(email: string, permissionSet = 'SecurityTeam'): CallerIdentity {
  return roleOf(accounts.hub, `AWSReservedSSO_${permissionSet}_0123456789abcdef`, email);
}

/** A role of the hub that may everything, everywhere, by `peopleWith`. */
export const operator = roleOf(accounts.hub, 'operator');
/** Two persons who may the same. */
export const ada = personNamed('ada@example.com');
export const eve = personNamed('eve@example.com');
/** Owners of an account, by `peopleWith`. */
export const ownersOf = (account: string) => roleOf(account, 'StaunchOwners');
/** Who may break the glass, by `peopleWith`. */
export const glassBreaker = roleOf(accounts.hub, 'break-glass');

const person = (email: string) => ({
  person: { permissionSet: 'SecurityTeam', email, account: accounts.hub },
});

/** What a policy says of people: an operator and two persons may everything, and owners may in their own accounts. */
export function peopleWith(more: Partial<People> = {}): People {
  const source = 'organization.yaml:40';
  return {
    entries: [
      {
        who: [
          { role: { account: accounts.hub, name: 'operator' } },
          person('ada@example.com'),
          person('eve@example.com'),
        ],
        may: [...rights],
        source,
      },
      {
        who: [{ owners: 'StaunchOwners' }],
        may: ['view', 'approve', 'deny', 'exempt', 'undo', 'retry', 'pause', 'thaw', 'limits'],
        source: 'organization.yaml:45',
      },
    ],
    twoPersons: [],
    breakGlass: {
      who: [{ role: { account: accounts.hub, name: 'break-glass' } }],
      source: 'organization.yaml:50',
    },
    ...more,
  };
}
