import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** How often the secret is read again at most, whatever signatures come; milliseconds. */
const againMilliseconds = 30_000;

/** Thrown when the secret holds no signing secret. It says what to put there. */
export class SigningSecretError extends Error {
  override readonly name = 'SigningSecretError';
}

/**
 * The signing secret of the Slack app, read from Secrets Manager once and kept. A signature that does not match may be of another one
 * that was put there since: then it is read again, so that it rotates without a deployment.
 */
export class SigningSecret {
  private kept: Promise<string> | undefined;
  private readAt = Number.NEGATIVE_INFINITY;

  /**
   * @param secretArn a secret whose string is the signing secret itself
   * @param now milliseconds since the epoch
   */
  constructor(
    private readonly secrets: Pick<SecretsManagerClient, 'send'>,
    private readonly secretArn: string,
    private readonly now: () => number,
  ) {}

  /** @throws SigningSecretError when none was ever put there */
  get(): Promise<string> {
    this.kept ??= this.read();
    return this.kept;
  }

  /** Reads it anew, after a signature did not match. @returns undefined where it was read a moment ago, whatever is there now */
  async again(): Promise<string | undefined> {
    if (this.now() - this.readAt < againMilliseconds) return undefined;
    this.kept = undefined;
    return await this.get();
  }

  private async read(): Promise<string> {
    this.readAt = this.now();
    try {
      const { SecretString: said } = await this.secrets.send(
        new GetSecretValueCommand({ SecretId: this.secretArn }),
      );
      const secret = said?.trim() ?? '';
      // CloudFormation fills it with a JSON object, which no signing secret is.
      if (secret !== '' && !secret.startsWith('{')) return secret;
      throw new SigningSecretError(
        `The secret ${this.secretArn} was never set. Put the signing secret of the Slack app into it.`,
      );
    } catch (error) {
      // The next request tries again.
      this.kept = undefined;
      throw error;
    }
  }
}
