import { randomFrom } from '../random';
import { bucketItem } from './bucket';
import type { ItemMaker, RandomChoice } from './item-maker';
import { keyItem } from './key';
import { queueItem } from './queue';
import { rdsClusterSnapshotItem, rdsSnapshotItem } from './rds-snapshot';
import { repositoryItem } from './repository';
import { securityGroupItem } from './security-group';
import { topicItem } from './topic';

/** Who makes items of each resource type that AWS Config records. */
const makers: readonly ItemMaker[] = [
  securityGroupItem,
  bucketItem,
  queueItem,
  rdsSnapshotItem,
  rdsClusterSnapshotItem,
  topicItem,
  repositoryItem,
  keyItem,
];

/** Configuration items as a rule function receives them, of every resource type in turn, the same for the same seed. */
export function mixedItems(count: number, seed: number): Record<string, unknown>[] {
  const streams = makers.map((maker) => streamOf(maker, seed));
  return Array.from({ length: count }, (_, index) => streams[index % streams.length]?.() ?? {});
}

/** Those of one resource type: the same for the same seed, whatever other types there are. */
export function itemsOf(resourceType: string, count: number, seed: number): Record<string, unknown>[] {
  const maker = makers.find((each) => streamOf(each, seed)().resourceType === resourceType);
  if (maker === undefined) throw new Error(`bench/items/ has nothing that makes items of ${resourceType}.`);
  return Array.from({ length: count }, streamOf(maker, seed));
}

/** Makes item after item of one type, with random choices of its own. */
function streamOf(maker: ItemMaker, seed: number): () => Record<string, unknown> {
  const choice = choiceFrom(seed);
  const { below, oneOf } = choice;
  let made = 0;
  return () => {
    const index = made++;
    return {
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
      ...maker(index, choice),
    };
  };
}

function choiceFrom(seed: number): RandomChoice {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return {
    below,
    oneOf: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    several: <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make),
  };
}
