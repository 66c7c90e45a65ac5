import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { ledgerDueIndexName, ledgerTableName } from '../../contract/names';
import { KeptTable } from './kept-table';

/**
 * The table that knows every finding, and what was decided about it. Its index holds only records that carry both of its
 * keys: those that the sweep has to look at.
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
  }
}
