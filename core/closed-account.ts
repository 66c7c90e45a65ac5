/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html */
const closedStates: readonly (string | undefined)[] = ['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'];

/**
 * Whether nothing runs in an account: it is closed, about to be closed, or suspended.
 * @param account as AWS Organizations lists it; `Status` is what it told before there was a `State`
 */
export function isClosedAccount({
  State,
  Status,
}: {
  State?: string | undefined;
  Status?: string | undefined;
}): boolean {
  return closedStates.includes(State ?? Status);
}
