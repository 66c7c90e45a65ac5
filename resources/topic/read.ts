import { errorCodeOf } from '../kit/aws-error';
import type { Reading } from '../kit/live-resource';
import { saidByTags } from '../kit/tags';
import { getAttributes, getTags, type TopicAccess, type TopicReads } from './calls';
import { topicKind } from './kind';
import { type Topic, topicFromApi } from './model';

/**
 * Reads everything that decides who can reach a topic, and until when its tag says that it is exempt.
 * @returns `gone` when there is no such topic
 */
export async function readTopic(access: TopicAccess): Promise<Reading<Topic> | 'gone'> {
  try {
    const [before, tags] = await Promise.all([getAttributes(access), getTags(access)]);
    return { resource: topicFromApi(before), before, ...saidByTags(tags) };
  } catch (error) {
    if (topicKind.gone.includes(errorCodeOf(error) ?? '')) return 'gone';
    throw error;
  }
}

/**
 * Reads what decides who can reach one of many topics, without its tags.
 * @returns `gone` when there is no such topic
 * @throws ResourceInputError when it cannot be understood; SNS's own error when the call was refused
 */
export async function readTopicAmongMany(access: TopicReads): Promise<Topic | 'gone'> {
  try {
    return topicFromApi(await getAttributes(access));
  } catch (error) {
    if (topicKind.gone.includes(errorCodeOf(error) ?? '')) return 'gone';
    throw error;
  }
}
