import {
  type AttributeDefinition,
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  type LocalSecondaryIndex,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import {
  type CreatedResource,
  defineHandler,
  ignored,
  ignoredTags,
  type ResourceContext,
  truth,
} from '../../cloudformation/resource-type';
import { UnsupportedError } from '../../failures';

const backups = ignored('The sandbox keeps no backups, and nothing of Staunch restores one.');
const encryption = ignored('The sandbox does not encrypt what it keeps in memory.');
const throughput = ignored('The sandbox does not throttle.');

/** These have the same shape in a template and in CreateTable, which checks them. */
const common = {
  AttributeDefinitions: z.array(z.custom<AttributeDefinition>()),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z.array(z.custom<GlobalSecondaryIndex>()).optional(),
  KeySchema: z.array(z.custom<KeySchemaElement>()),
  LocalSecondaryIndexes: z.array(z.custom<LocalSecondaryIndex>()).optional(),
  SSESpecification: encryption,
  TableName: z.string().optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: truth }).optional(),
  WriteOnDemandThroughputSettings: throughput,
};
const ofReplica = {
  ContributorInsightsSpecification: ignored('The sandbox keeps no metrics of tables.'),
  DeletionProtectionEnabled: truth.optional(),
  PointInTimeRecoverySpecification: backups,
  Tags: ignoredTags,
};

const tableProperties = z.strictObject({ ...common, ...ofReplica, OnDemandThroughput: throughput });
const replica = z.strictObject({
  ...ofReplica,
  GlobalSecondaryIndexes: ignored('They only repeat the names of the indexes, with settings of throughput.'),
  ReadOnDemandThroughputSettings: throughput,
  Region: z.string(),
  SSESpecification: encryption,
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-dynamodb-table.html */
export const table = defineHandler(tableProperties, createTable);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-dynamodb-globaltable.html */
export const globalTable = defineHandler(
  z.strictObject({ ...common, Replicas: z.array(replica) }),
  async ({ Replicas, ...properties }, context) => {
    const [own, ...others] = Replicas;
    if (own?.Region !== context.place.region || others.length > 0) {
      throw new UnsupportedError("The sandbox supports no replica of a table outside of its stack's Region.");
    }
    const { DeletionProtectionEnabled } = own;
    return createTable({ ...properties, DeletionProtectionEnabled }, context);
  },
);

async function createTable(
  properties: z.output<typeof tableProperties>,
  context: ResourceContext,
): Promise<CreatedResource> {
  const { TimeToLiveSpecification } = properties;
  const TableName = properties.TableName ?? context.generatedName(255);
  const dynamodb = context.client(DynamoDBClient);
  const { TableDescription: created } = await dynamodb.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: properties.AttributeDefinitions,
      BillingMode: properties.BillingMode,
      DeletionProtectionEnabled: properties.DeletionProtectionEnabled,
      GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes,
      KeySchema: properties.KeySchema,
      LocalSecondaryIndexes: properties.LocalSecondaryIndexes,
    }),
  );
  if (TimeToLiveSpecification) {
    await dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  }
  return {
    ref: TableName,
    attributes: { Arn: created?.TableArn ?? '', TableId: created?.TableId ?? '' },
    remove: async () => {
      await dynamodb.send(new DeleteTableCommand({ TableName }));
    },
  };
}

/** The service's resource types in templates. */
export const resourceTypes = () => ({
  'AWS::DynamoDB::GlobalTable': globalTable,
  'AWS::DynamoDB::Table': table,
});
