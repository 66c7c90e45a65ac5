import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { ledgerDueIndexName, ledgerTableName } from '../../contract/names';

/**
 * The table that knows every finding, and what was there before each fix. It outlives its stack: without it no fix
 * could be undone. Its index holds only records that carry both of its keys: those that the sweep has to look at.
 */
export class Ledger extends Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      tableName: ledgerTableName,
      partitionKey: { name: 'finding', type: AttributeType.STRING },
      sortKey: { name: 'record', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.addGlobalSecondaryIndex({
      indexName: ledgerDueIndexName,
      partitionKey: { name: 'sweep', type: AttributeType.STRING },
      sortKey: { name: 'dueAt', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
}
