/** Thrown when a policy document is not one, or cannot stand where it is put. The message says what is wrong with it. */
export class PolicyDocumentError extends Error {
  override readonly name = 'PolicyDocumentError';
}
