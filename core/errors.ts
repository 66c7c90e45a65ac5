/** Thrown when a resource, or parameters, cannot be understood. The message says what, where, and what would be right. */
export class ResourceInputError extends Error {
  override readonly name = 'ResourceInputError';
}

/**
 * Thrown by `evaluate` or `plan` where no verdict may be acted upon, for example because AWS's own answer contradicts
 * the evaluation. Nothing may be changed; the message says why. A remediation answers `refused` with it.
 */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}
