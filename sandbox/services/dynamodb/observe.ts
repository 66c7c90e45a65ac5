import type { ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import type { Observe } from '../service';
import { tableArn } from './table-arn';
import { Tables } from './tables';

interface Keyed {
  IndexName?: string;
  KeySchema?: readonly { AttributeName: string; KeyType: string }[];
}

/** Learns the keys of tables. */
export const observe: Observe = (call, _answer, { learned }) => learnKeys(call, learned);

/**
 * Learns the partition keys of tables and indexes, which `dynamodb:LeadingKeys` is about. A deleted table's are kept: a call
 * that it is too late for is decided as before, and DynamoDB answers that there is no such table.
 */
export function learnKeys(call: ApiCall, learned: Learned): void {
  const { operation, parameters } = call;
  const arn = tableArn(call, parameters.TableName);
  if (operation === 'CreateTable') {
    learnPartitionKey(arn, parameters, learned);
    for (const indexes of [parameters.GlobalSecondaryIndexes, parameters.LocalSecondaryIndexes]) {
      for (const index of (indexes ?? []) as Keyed[]) learnIndex(arn, index, learned);
    }
  }
  if (operation === 'UpdateTable') {
    const updates = (parameters.GlobalSecondaryIndexUpdates ?? []) as { Create?: Keyed }[];
    for (const { Create: index } of updates) if (index) learnIndex(arn, index, learned);
  }
}

function learnIndex(arn: string, index: Keyed, learned: Learned): void {
  learnPartitionKey(`${arn}/index/${index.IndexName}`, index, learned);
}

/** An index may have several attributes as partition key; those are not learned, so that nothing is decided by one. */
function learnPartitionKey(arn: string, { KeySchema: schema = [] }: Keyed, learned: Learned): void {
  const [first, ...more] = schema.filter(({ KeyType }) => KeyType === 'HASH');
  if (first && more.length === 0) learned.of(Tables).setPartitionKey(arn, first.AttributeName);
}
