import { RDSClient, type RDSClientConfig } from '@aws-sdk/client-rds';
import { walkConfiguration } from '../../client-configuration';
import { type TypeWalk, walkEach } from '../../walk';
import { type SharedResource, sharedWithNobody } from '../shared-resource';
import { someLookAtNamed } from '../trusted';
import { shareOfAttributes } from './attributes';
import type { DescribedSnapshot, SnapshotApi } from './snapshot-api';
import { attributesOf } from './snapshot-calls';
import type { SnapshotNames } from './snapshot-names';

/**
 * Walks manual snapshots. No list tells which of the account's own are shared with everybody, so that the attributes of each are read;
 * but an encrypted one can be shared with accounts alone, and is read only where the policy says which accounts it trusts.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSnapshotAttribute.html
 * @param overrides of the RDS client's configuration
 */
export function snapshotWalk(
  api: SnapshotApi,
  names: SnapshotNames,
  overrides: RDSClientConfig,
): TypeWalk<SharedResource> {
  return {
    resourceType: names.type,
    open({ place: { accountId, region }, credentials, signal, parameterSets = [] }) {
      const client = new RDSClient({ ...walkConfiguration(region, credentials), ...overrides });
      const reads = { client, signal };
      const readsEach = someLookAtNamed(parameterSets);
      return {
        async page(token) {
          const { snapshots, next } = await api.page(reads, token);
          const byId = new Map<string, DescribedSnapshot>();
          for (const snapshot of snapshots) if (snapshot.id !== undefined) byId.set(snapshot.id, snapshot);
          const walked = await walkEach([...byId.keys()], async (id): Promise<SharedResource | 'gone'> => {
            if (!readsEach && byId.get(id)?.isEncrypted) {
              return { id, accountId, share: sharedWithNobody, unread: 'named' };
            }
            const attributes = await attributesOf(api, { ...reads, id });
            if (attributes === 'gone') return 'gone';
            return { id, accountId, share: shareOfAttributes(attributes, names.list) };
          });
          return { walked, ...(next && { next }) };
        },
        close: () => client.destroy(),
      };
    },
  };
}
