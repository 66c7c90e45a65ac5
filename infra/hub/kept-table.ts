import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

/**
 * A table whose items are found by their finding and the kind of record. It outlives its stack, and items go by
 * themselves at their `expiresAt`, in seconds since the epoch.
 */
export class KeptTable extends Table {
  constructor(scope: Construct, id: string, tableName: string) {
    super(scope, id, {
      tableName,
      partitionKey: { name: 'finding', type: AttributeType.STRING },
      sortKey: { name: 'record', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }
}
