/** Thrown for an account that is not in the organization. */
export class UnknownAccountError extends Error {
  override readonly name = 'UnknownAccountError';
}

/** Thrown when it cannot be told where accounts lie, or what they or organizational units are named. */
export class UnresolvedPlaceError extends Error {
  override readonly name = 'UnresolvedPlaceError';
}

/** What is said of such an account, with where the right one is found. */
export function notInOrganization(accountId: string): string {
  return `Account ${accountId} is not in the organization. aws organizations list-accounts lists those that are.`;
}
