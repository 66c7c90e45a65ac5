import type { MotoConnection } from '../../gateway/moto-connection';
import { xmlAt } from '../../gateway/protocols/xml';

/** A topic, where it is. */
export interface PlacedTopic {
  accountId: string;
  region: string;
  /** Its ARN. */
  topicArn: string;
}

/** The text of a topic's policy as moto has it; undefined for a topic that does not exist. */
export async function readTopicPolicy(
  { accountId, region, topicArn }: PlacedTopic,
  moto: MotoConnection,
): Promise<string | undefined> {
  const answer = await moto.query(
    'sns',
    accountId,
    { Action: 'GetTopicAttributes', Version: '2010-03-31', TopicArn: topicArn },
    region,
  );
  const entries = xmlAt(
    answer,
    'GetTopicAttributesResponse',
    'GetTopicAttributesResult',
    'Attributes',
    'entry',
  );
  const found = [entries].flat().find((entry) => xmlAt(entry, 'key') === 'Policy');
  const text = xmlAt(found, 'value');
  return typeof text === 'string' ? text : undefined;
}
