import { SecretsManagerClient, type SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { clientConfiguration } from '../kit/client-configuration';
import { type Adapter, settlesInSeconds } from '../kit/live-resource';
import { holderAdapter } from '../kit/policy/holder/adapter';
import { getPolicy, writePolicy } from './calls';
import { secretKind } from './kind';
import type { Secret } from './model';
import { readSecret } from './read';

/**
 * Reads and changes the policies of secrets.
 * @param overrides of the client's configuration
 */
export function secretAdapter(overrides: SecretsManagerClientConfig = {}): Adapter<Secret> {
  return holderAdapter(secretKind, ({ finding, credentials, signal, mayWrite }) => {
    const client = new SecretsManagerClient({
      ...clientConfiguration(finding.region, credentials),
      ...overrides,
    });
    const access = { client, arn: finding.resourceId, signal, mayWrite };
    return {
      settling: settlesInSeconds,
      read: () => readSecret(access),
      readPolicy: () => getPolicy(access),
      writePolicy: (policy, purpose) => writePolicy(access, policy, purpose),
      close: () => client.destroy(),
    };
  });
}

/** The name by which the type's remediation function finds it. */
export { secretAdapter as adapter };
