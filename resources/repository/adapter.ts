import { ECRClient, type ECRClientConfig } from '@aws-sdk/client-ecr';
import { clientConfiguration } from '../kit/client-configuration';
import { type Adapter, settlesSoon } from '../kit/live-resource';
import { holderAdapter } from '../kit/policy/holder/adapter';
import { getPolicy, putPolicy } from './calls';
import { repositoryFacts } from './facts';
import { repositoryKind } from './kind';
import type { Repository } from './model';
import { readRepository } from './read';

/**
 * Reads and changes repositories.
 * @param overrides of the ECR client's configuration
 */
export function repositoryAdapter(overrides: ECRClientConfig = {}): Adapter<Repository> {
  return holderAdapter(repositoryKind, ({ finding, credentials, signal, mayWrite }) => {
    const { accountId, region, resourceId } = finding;
    const client = new ECRClient({ ...clientConfiguration(region, credentials), ...overrides });
    const access = { client, repositoryName: resourceId, signal, mayWrite };
    return {
      settling: settlesSoon,
      read: () => readRepository(access, repositoryFacts.arn(accountId, region, resourceId)),
      readPolicy: async () => (await getPolicy(access)) ?? undefined,
      writePolicy: (policy) => putPolicy(access, policy),
      close: () => client.destroy(),
    };
  });
}

/** The name by which the type's remediation function finds it. */
export { repositoryAdapter as adapter };
