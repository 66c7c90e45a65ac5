import type { Verdict } from '../../verdict';

const memberRole = 'They have to be able to assume a role of that name in the account.';

/**
 * A verdict of what could not be read.
 * @param account with whose credentials it can be
 */
export function unread(
  check: string,
  account: string,
  said: string,
  at: Pick<Verdict, 'accountId' | 'region'> = {},
): Verdict {
  // Into another account they lead by a role alone.
  const byRole = at.accountId !== undefined && at.accountId !== account;
  return {
    check,
    ...at,
    condition: 'unknown',
    text: 'It cannot be read.',
    said,
    cure: {
      account,
      steps: [{ does: 'ask before', ...(byRole && { byRole }) }],
      ...(byRole && { says: memberRole }),
    },
  };
}
