import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { slackSecretName, slackSigningSecretName, slackUrlParameter } from '../../core/names';
import { OperatorError } from '../errors';
import type { KeptForSlack } from './check';

/** AWS's errors for what is not there. */
const absent: readonly string[] = ['ResourceNotFoundException', 'ParameterNotFound'];

/**
 * What the hub keeps for Slack, as far as it is there.
 * @param region of the hub
 * @throws OperatorError when it cannot be read, with what that requires
 */
export async function keptForSlack(region: string): Promise<KeptForSlack> {
  const secrets = new SecretsManagerClient({ region });
  const parameters = new SSMClient({ region });
  const secret = (name: string) =>
    there(`secretsmanager:GetSecretValue on the secret ${name}`, async () => {
      const { SecretString: text } = await secrets.send(new GetSecretValueCommand({ SecretId: name }));
      return text?.trim() ?? '';
    });
  try {
    return {
      token: await secret(slackSecretName),
      signingSecret: await secret(slackSigningSecretName),
      requestUrl: await there(`ssm:GetParameter on the parameter ${slackUrlParameter}`, async () => {
        const { Parameter } = await parameters.send(new GetParameterCommand({ Name: slackUrlParameter }));
        return Parameter?.Value ?? '';
      }),
    };
  } finally {
    secrets.destroy();
    parameters.destroy();
  }
}

async function there(requires: string, read: () => Promise<string>): Promise<string | undefined> {
  try {
    return await read();
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    if (absent.includes(name)) return undefined;
    throw new OperatorError(
      `What the hub keeps for Slack cannot be read (${name}): ${message} It requires ${requires}.`,
    );
  }
}
