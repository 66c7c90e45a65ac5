import { type AwsTags, tagsByKey } from '../../core/tags';
import { exemptUntilIn } from './exempt-until';
import type { Reading } from './live-resource';
import { stackIn } from './stack';

/**
 * What a resource's tags say: of an exemption, of the stack that made it, and what else its owners wrote there.
 * @param tags as AWS answered them
 */
export function saidByTags(tags: AwsTags = []): Pick<Reading, 'exemptUntil' | 'stack' | 'tags'> {
  return { ...exemptUntilIn(tags), ...stackIn(tags), tags: tagsByKey(tags) };
}
