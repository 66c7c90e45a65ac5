import { randomFrom } from '../random';
import { bucketItem } from './bucket';
import type { ItemMaker } from './item-maker';
import { queueItem } from './queue';
import { rdsClusterSnapshotItem, rdsSnapshotItem } from './rds-snapshot';
import { securityGroupItem } from './security-group';

/** Who makes items of each resource type. */
const makers: readonly ItemMaker[] = [
  securityGroupItem,
  bucketItem,
  queueItem,
  rdsSnapshotItem,
  rdsClusterSnapshotItem,
];

/** Configuration items as a rule function receives them, of every resource type in turn, the same for the same seed. */
export function mixedItems(count: number, seed: number): Record<string, unknown>[] {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const choice = {
    below,
    oneOf,
    several: <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make),
  };
  return Array.from({ length: count }, (_, index) => ({
    relatedEvents: [],
    relationships: [],
    version: '1.3',
    configurationItemCaptureTime: '2026-11-01T10:00:00.000Z',
    configurationItemStatus: 'OK',
    configurationStateId: 1_793_527_200_000 + index,
    configurationStateMd5Hash: '',
    awsAccountId: '111122223333',
    awsRegion: 'eu-west-1',
    availabilityZone: 'Not Applicable',
    resourceCreationTime: '2025-03-04T05:06:07.000Z',
    tags: {
      Name: `resource-${index}`,
      'cost-center': String(1_000 + below(9_000)),
      owner: oneOf(['payments', 'search', 'platform']),
      environment: oneOf(['production', 'test']),
    },
    ...makers[index % makers.length]?.(index, choice),
  }));
}
