/** Thrown for what the person at the keyboard can put right; the message says how. Shown without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';

  /** @param exitStatus 1 when the answer is no, 2 when the command was not understood */
  constructor(
    message: string,
    readonly exitStatus: 1 | 2 = 1,
  ) {
    super(message);
  }
}
