import { roleNames } from '../../../../core/names';
import type { Check, Verdict } from '../../verdict';
import type { AccountFacts, DeployedFacts } from '../facts';
import { coveredIn } from './places-of';

const check = 'roles';

/** Whether the hub can reach an account: Staunch's roles are there, and can be assumed. */
export const roles: Check<Pick<DeployedFacts, 'accounts' | 'hub' | 'doctor'>> = {
  name: check,
  judge({ accounts, hub, doctor }) {
    if ('read' in doctor) return coveredIn(accounts).map((account) => verdictOn(account, hub));
    return [
      {
        check,
        condition: 'not well',
        text: `The hub's role ${roleNames.doctor} cannot be assumed: no account can be read.`,
        said: doctor.unread,
        cure: {
          account: hub.account,
          says: 'Where it is deployed already, these credentials need sts:AssumeRole on it.',
          steps: [{ does: 'deploy' }],
        },
      },
    ];
  },
};

function verdictOn(account: AccountFacts, hub: DeployedFacts['hub']): Verdict {
  const { accountId, session, roles: found, refused } = account;
  const at = { check, accountId };
  const deploy = { account: hub.account, steps: [{ does: 'deploy' as const }] };
  if ('unread' in session)
    return {
      ...at,
      condition: 'not well',
      text: `The role ${roleNames.patrol} cannot be assumed: nothing of the account can be read.`,
      said: session.unread,
      cure: deploy,
    };
  if ('unread' in found)
    return {
      ...at,
      condition: 'unknown',
      text: 'The roles cannot be read.',
      said: found.unread,
      cure: { account: hub.account, steps: [{ does: 'ask again' }] },
    };
  const missing = [...found.read].filter(([, isThere]) => !isThere).map(([name]) => name);
  if (missing.length > 0)
    return { ...at, condition: 'not well', text: `Missing: ${missing.join(', ')}.`, cure: deploy };
  if (refused !== undefined)
    return {
      ...at,
      condition: 'not well',
      text: 'The coordinator could not assume its role when it tried last.',
      said: refused,
      cure: deploy,
    };
  return { ...at, condition: 'well', text: 'assumable' };
}
