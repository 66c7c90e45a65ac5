import type { Check } from '../../verdict';
import type { DeployedFacts } from '../facts';

/** Accounts in which nothing of Staunch is meant to be, and why. */
export const notCovered: Check<Pick<DeployedFacts, 'accounts'>> = {
  name: 'account',
  judge: ({ accounts }) =>
    accounts.flatMap(({ accountId, notCovered }) =>
      notCovered === undefined
        ? []
        : [{ check: 'account', condition: 'not covered', accountId, text: notCovered }],
    ),
};
