import {
  ledgerDueIndexName,
  ledgerOpenIndexName,
  ledgerTableName,
  savedStatesTableName,
} from '../../core/names';
import { InMemoryAws, type InMemoryAwsOptions } from './aws/in-memory-aws';

/** An AWS in memory that has the tables of the ledger and of the saved states, as the hub's stack makes it. */
export function awsWithLedger(options: InMemoryAwsOptions = {}): InMemoryAws {
  const aws = new InMemoryAws(options);
  aws.dynamoDb.createTable({
    name: ledgerTableName,
    keys: { partition: 'finding', sort: 'record' },
    indexes: {
      [ledgerDueIndexName]: { partition: 'sweep', sort: 'dueAt' },
      [ledgerOpenIndexName]: { partition: 'openIn', sort: 'receivedAt' },
    },
    timeToLive: 'expiresAt',
  });
  aws.dynamoDb.createTable({
    name: savedStatesTableName,
    keys: { partition: 'finding', sort: 'record' },
    timeToLive: 'expiresAt',
  });
  return aws;
}
