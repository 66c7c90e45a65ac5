import { KMSClient, type KMSClientConfig, ListKeysCommand } from '@aws-sdk/client-kms';
import { walkConfiguration } from '../kit/client-configuration';
import { type TypeWalk, walkEach } from '../kit/walk';
import { keyFacts } from './facts';
import type { Key } from './model';
import { readKeyAmongMany } from './read';

/** Up to 1,000: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html. Each key takes a call. */
const keysInPage = 200;

/**
 * Walks keys, AWS's own among them, which the list does not tell apart.
 * @param overrides of the client's configuration
 */
export function keyWalk(overrides: KMSClientConfig = {}): TypeWalk<Key> {
  return {
    resourceType: 'AWS::KMS::Key',
    open({ place: { accountId, region }, credentials, signal }) {
      const client = new KMSClient({ ...walkConfiguration(region, credentials), ...overrides });
      return {
        async page(token) {
          const { Keys = [], NextMarker } = await client.send(
            new ListKeysCommand({ Limit: keysInPage, ...(token && { Marker: token }) }),
            { abortSignal: signal },
          );
          const walked = await walkEach(
            Keys.flatMap(({ KeyId }) => KeyId ?? []),
            (id) =>
              readKeyAmongMany(
                { client, id, signal },
                { accountId, arn: keyFacts.arn(accountId, region, id) },
              ),
          );
          return { walked, ...(NextMarker && { next: NextMarker }) };
        },
        close: () => client.destroy(),
      };
    },
  };
}
