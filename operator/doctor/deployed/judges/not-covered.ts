import type { Check } from '../../verdict';
import type { ExpectedAccount } from '../facts';

/** Accounts in which nothing of Staunch is meant to be, and why. */
export const notCovered: Check<{ accounts: readonly ExpectedAccount[] }> = {
  name: 'account',
  judge: ({ accounts }) =>
    accounts.flatMap(({ accountId, notCovered }) =>
      notCovered === undefined
        ? []
        : [{ check: 'account', condition: 'not covered', accountId, text: notCovered }],
    ),
};
