/** An error as a client of the SDK throws it. */
export class FakeError extends Error {
  readonly $metadata = {};
  readonly $fault = 'client';

  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}
