/** Thrown when it cannot be told for certain what the policy says of an account. Nothing may be changed there then. */
export class UnresolvedPolicyError extends Error {
  override readonly name = 'UnresolvedPolicyError';
}
