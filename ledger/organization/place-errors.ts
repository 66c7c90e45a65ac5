/** Thrown for an account that is not in the organization. */
export class UnknownAccountError extends Error {
  override readonly name: string = 'UnknownAccountError';
}

/** Thrown for an account of the organization in which nothing runs any more: it is closed, about to be closed, or suspended. */
export class ClosedAccountError extends UnknownAccountError {
  override readonly name = 'ClosedAccountError';
}

/** Thrown when it cannot be told where accounts lie, or what they or organizational units are named. */
export class UnresolvedPlaceError extends Error {
  override readonly name = 'UnresolvedPlaceError';
}

/** What is said of a closed account. */
export function closedAccount(accountId: string): string {
  return `Account ${accountId} is closed or suspended: nothing runs there.`;
}

/** What is said of an account that is not in the organization, with where the right one is found. */
export function notInOrganization(accountId: string): string {
  return `Account ${accountId} is not in the organization. aws organizations list-accounts lists those that are.`;
}
