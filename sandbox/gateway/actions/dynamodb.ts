import type { ApiCall } from '../api';
import { orArn } from '../arn';
import { type NeededAccess, type ServiceNeeds, sameName } from './needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export const dynamodbNeeds: ServiceNeeds = {
  ...sameName('dynamodb', ['DeleteItem', 'DescribeTable', 'GetItem', 'PutItem', 'UpdateItem'], (call) =>
    tableArn(call, call.parameters.TableName),
  ),
  ...sameName('dynamodb', ['Query', 'Scan'], (call) => {
    const table = tableArn(call, call.parameters.TableName);
    const index = call.parameters.IndexName;
    return index === undefined ? table : `${table}/index/${index}`;
  }),
  BatchGetItem: (call) => ofTables('dynamodb:BatchGetItem', call),
  BatchWriteItem: (call) => ofTables('dynamodb:BatchWriteItem', call),
  TransactWriteItems: transactionNeeds,
  TransactGetItems: transactionNeeds,
};

/** Elements of a transaction, and the action that each needs. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
const transactionActions: Readonly<Record<string, string>> = {
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Delete: 'dynamodb:DeleteItem',
  Get: 'dynamodb:GetItem',
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
};

function transactionNeeds(call: ApiCall): NeededAccess[] {
  const items = (call.parameters.TransactItems ?? []) as Record<string, { TableName?: unknown }>[];
  return items.flatMap((item) =>
    Object.entries(item).map(([kind, { TableName }]) => ({
      action: transactionActions[kind] ?? `dynamodb:${kind}`,
      resource: tableArn(call, TableName),
    })),
  );
}

function ofTables(action: string, call: ApiCall): NeededAccess[] {
  const tables = Object.keys((call.parameters.RequestItems ?? {}) as object);
  return tables.map((table) => ({ action, resource: tableArn(call, table) }));
}

function tableArn({ region, accountId }: ApiCall, table: unknown): string {
  return orArn(table, `arn:aws:dynamodb:${region}:${accountId}:table/${table}`);
}
