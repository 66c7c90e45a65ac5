import { randomFrom } from '../random';
import { bucketItem } from './bucket';
import type { ItemMaker } from './item-maker';
import { queueItem } from './queue';
import { securityGroupItem } from './security-group';

/** Who makes items of each resource type. */
const makers: readonly ItemMaker[] = [securityGroupItem, bucketItem, queueItem];

/** Configuration items as a rule function receives them, of every resource type in turn, the same for the same seed. */
export function mixedItems(count: number, seed: number): Record<string, unknown>[] {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const choice = {
    below,
    oneOf: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    several: <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make),
  };
  return Array.from({ length: count }, (_, index) => ({
    configurationItemStatus: 'OK',
    configurationItemCaptureTime: '2026-11-01T10:00:00.000Z',
    awsAccountId: '111122223333',
    awsRegion: 'eu-west-1',
    ...makers[index % makers.length]?.(index, choice),
  }));
}
