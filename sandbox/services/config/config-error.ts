/** An error that AWS Config's API answers; `code` is the exception's name, for example `InvalidResultTokenException`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
