/** CloudFormation refuses something about a stack set; `code` is its error code, for example `StackSetNotFoundException`. */
export class StackSetError extends Error {
  override readonly name = 'StackSetError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
