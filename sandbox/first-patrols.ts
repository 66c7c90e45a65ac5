import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { coveragePartition, ledgerTableName } from '../core/names';
import { resourceTypes } from '../resources/resource-types';
import type { Place } from './events';
import type { Gateway } from './gateway/api';
import { manyCalls } from './many-calls';

/** How long ago the first patrol of each account was over. */
const agoMilliseconds = 24 * 60 * 60_000;

/**
 * Has the ledger know that accounts were patrolled before: the sandbox plays an organization in which Staunch is at home, so that what
 * it plants is new, and no baseline.
 * @param hub where the ledger is
 */
export async function patrolledBefore(
  gateway: Gateway,
  hub: Place,
  accountIds: readonly string[],
  regions: readonly string[],
): Promise<void> {
  const client = new DynamoDBClient({
    ...manyCalls,
    region: hub.region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(hub.accountId),
  });
  const documents = DynamoDBDocumentClient.from(client);
  const firstOverAt = new Date(Date.now() - agoMilliseconds).toISOString();
  const types = Object.fromEntries(Object.keys(resourceTypes).map((type) => [type, { firstOverAt }]));
  const since = new Date().toISOString();
  for (const accountId of accountIds) {
    for (const region of regions) {
      const Item = { finding: coveragePartition, record: `${accountId}#${region}`, version: 1, since, types };
      await documents.send(new PutCommand({ TableName: ledgerTableName, Item }));
    }
  }
  client.destroy();
}
