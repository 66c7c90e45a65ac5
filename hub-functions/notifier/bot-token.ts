import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Thrown when the secret holds no bot token. It says what to put there. */
export class BotTokenError extends Error {
  override readonly name = 'BotTokenError';
}

/** The Slack bot token, read from Secrets Manager once and kept until somebody asks for a fresh one. */
export class BotToken {
  private token: Promise<string> | undefined;

  /** @param secretArn a secret whose string is the token itself */
  constructor(
    private readonly secrets: SecretsManagerClient,
    private readonly secretArn: string,
  ) {}

  /** @throws BotTokenError when there is none */
  get(): Promise<string> {
    this.token ??= this.read();
    return this.token;
  }

  /** Reads it anew, after Slack refused the one that was kept. */
  refresh(): Promise<string> {
    this.token = undefined;
    return this.get();
  }

  private async read(): Promise<string> {
    try {
      const { SecretString: text } = await this.secrets.send(
        new GetSecretValueCommand({ SecretId: this.secretArn }),
      );
      const token = text?.trim();
      if (token) return token;
      throw new BotTokenError(
        `The secret ${this.secretArn} is empty. Put the Slack bot token (xoxb-…) into it.`,
      );
    } catch (error) {
      // The next message tries again.
      this.token = undefined;
      throw error;
    }
  }
}
