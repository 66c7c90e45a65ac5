import type { ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { type NeededAccess, type Needs, type ServiceNeeds, sameName } from '../needed';
import { leadingKeysOf, leadingKeysOfQuery } from './leading-keys';
import { partiqlNeeds } from './partiql';
import { tableArn } from './table-arn';
import { Tables } from './tables';

type Parameters = Readonly<Record<string, unknown>>;

/**
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 *
 * Every action on items carries `dynamodb:LeadingKeys` but Scan, which reads all of them whatever their keys:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export const needs: ServiceNeeds = {
  ...sameName('dynamodb', ['DescribeTable'], (call) => tableArn(call, call.parameters.TableName)),
  DeleteItem: ofOneItem('dynamodb:DeleteItem', 'Key'),
  GetItem: ofOneItem('dynamodb:GetItem', 'Key'),
  PutItem: ofOneItem('dynamodb:PutItem', 'Item'),
  UpdateItem: ofOneItem('dynamodb:UpdateItem', 'Key'),
  Query(call, learned) {
    const resource = tableOrIndexArn(call);
    const keys = leadingKeysOfQuery(learned.of(Tables).partitionKeyOf(resource), call.parameters);
    return [{ action: 'dynamodb:Query', resource, context: { 'dynamodb:leadingkeys': keys } }];
  },
  ...sameName('dynamodb', ['Scan'], tableOrIndexArn),
  BatchGetItem: (call, learned) =>
    requestsByTable(call).map(([table, requests]) =>
      onItems('dynamodb:BatchGetItem', call, learned, table, listOf((requests as Parameters).Keys)),
    ),
  BatchWriteItem: (call, learned) =>
    requestsByTable(call).map(([table, requests]) =>
      onItems('dynamodb:BatchWriteItem', call, learned, table, listOf(requests).map(writtenItem)),
    ),
  TransactWriteItems: transactionNeeds,
  TransactGetItems: transactionNeeds,
  ExecuteStatement: (call) => partiqlNeeds(call, [call.parameters.Statement]),
  BatchExecuteStatement: (call) => partiqlNeeds(call, statementsOf(call.parameters.Statements)),
  ExecuteTransaction: (call) => partiqlNeeds(call, statementsOf(call.parameters.TransactStatements)),
};

/** Elements of a transaction, and the action that each needs. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
const transactionActions: Readonly<Record<string, string>> = {
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Delete: 'dynamodb:DeleteItem',
  Get: 'dynamodb:GetItem',
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
};

function transactionNeeds(call: ApiCall, learned: Learned): NeededAccess[] {
  const elements = listOf(call.parameters.TransactItems) as Readonly<Record<string, Parameters>>[];
  return elements.flatMap((element) =>
    Object.entries(element).map(([kind, { TableName, Item, Key }]) =>
      onItems(transactionActions[kind] ?? `dynamodb:${kind}`, call, learned, TableName, [Item ?? Key]),
    ),
  );
}

/** @param where the parameter that holds the item, or its key */
function ofOneItem(action: string, where: 'Item' | 'Key'): Needs {
  return (call, learned) => [
    onItems(action, call, learned, call.parameters.TableName, [call.parameters[where]]),
  ];
}

function onItems(
  action: string,
  call: ApiCall,
  learned: Learned,
  table: unknown,
  items: readonly unknown[],
): NeededAccess {
  const resource = tableArn(call, table);
  const keys = leadingKeysOf(learned.of(Tables).partitionKeyOf(resource), items);
  return { action, resource, context: { 'dynamodb:leadingkeys': keys } };
}

/** The item that an element of BatchWriteItem puts, or the key of the one that it deletes. */
function writtenItem(request: unknown): unknown {
  const { PutRequest: put, DeleteRequest: remove } = request as Readonly<
    Record<string, Parameters | undefined>
  >;
  return put?.Item ?? remove?.Key;
}

function requestsByTable({ parameters }: ApiCall): [string, unknown][] {
  return Object.entries((parameters.RequestItems ?? {}) as Parameters);
}

function statementsOf(elements: unknown): unknown[] {
  return listOf(elements).map((element) => (element as Parameters).Statement);
}

function tableOrIndexArn(call: ApiCall): string {
  const table = tableArn(call, call.parameters.TableName);
  const index = call.parameters.IndexName;
  return index === undefined ? table : `${table}/index/${index}`;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
