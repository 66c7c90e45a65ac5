import {
  ListSecretsCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from '@aws-sdk/client-secrets-manager';
import { walkConfiguration } from '../kit/client-configuration';
import { type TypeWalk, walkEach } from '../kit/walk';
import type { Secret } from './model';
import { readSecretAmongMany } from './read';

/** As many as there can be. Each secret takes a call. */
const secretsInPage = 100;

/**
 * Walks secrets. The list leaves out those that are to be deleted:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
 * @param overrides of the client's configuration
 */
export function secretWalk(overrides: SecretsManagerClientConfig = {}): TypeWalk<Secret> {
  return {
    resourceType: 'AWS::SecretsManager::Secret',
    open({ place: { region }, credentials, signal }) {
      const client = new SecretsManagerClient({ ...walkConfiguration(region, credentials), ...overrides });
      return {
        async page(token) {
          const { SecretList = [], NextToken } = await client.send(
            new ListSecretsCommand({ MaxResults: secretsInPage, ...(token && { NextToken: token }) }),
            { abortSignal: signal },
          );
          const walked = await walkEach(
            SecretList.flatMap(({ ARN }) => ARN ?? []),
            (arn) => readSecretAmongMany({ client, arn, signal }),
          );
          return { walked, ...(NextToken && { next: NextToken }) };
        },
        close: () => client.destroy(),
      };
    },
  };
}
