import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { ledgerDueIndexName, ledgerOpenIndexName, ledgerTableName } from '../../core/names';
import { KeptTable } from './kept-table';

/**
 * The table that knows every finding, and what was decided about it. Its indexes hold only records that carry their keys: those
 * that the sweep has to look at, and, by account, those that are open.
 */
export class Ledger extends KeptTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, ledgerTableName);
    this.addGlobalSecondaryIndex({
      indexName: ledgerDueIndexName,
      partitionKey: { name: 'sweep', type: AttributeType.STRING },
      sortKey: { name: 'dueAt', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.addGlobalSecondaryIndex({
      indexName: ledgerOpenIndexName,
      partitionKey: { name: 'openIn', type: AttributeType.STRING },
      sortKey: { name: 'receivedAt', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
}
