import type { Question } from './hub-authorization';

/** An item's key in one of the hub's tables. */
export interface ItemKey {
  finding: string;
  record: string;
}

/** Operations that reach one item, by group and by name, as a caller would make them who wants to be allowed. */
export const itemCalls: Readonly<
  Record<string, Readonly<Record<string, (table: string, item: ItemKey) => Question>>>
> = {
  alone: {
    get: (TableName, item) => call('GetItem', { TableName, Key: attributes(item) }),
    put: (TableName, item) => call('PutItem', { TableName, Item: attributes(item) }),
    upd: (TableName, item) => call('UpdateItem', { TableName, Key: attributes(item) }),
    del: (TableName, item) => call('DeleteItem', { TableName, Key: attributes(item) }),
    qry: (TableName, item) => call('Query', { TableName, ...equals('finding', item.finding) }),
    idx: (TableName, item) =>
      call('Query', { TableName, IndexName: 'due', ...equals('sweep', item.finding) }),
    scan: (TableName) => call('Scan', { TableName }),
  },
  batch: {
    get: (table, item) => call('BatchGetItem', { RequestItems: { [table]: { Keys: [attributes(item)] } } }),
    put: (table, item) =>
      call('BatchWriteItem', { RequestItems: { [table]: [{ PutRequest: { Item: attributes(item) } }] } }),
    del: (table, item) =>
      call('BatchWriteItem', { RequestItems: { [table]: [{ DeleteRequest: { Key: attributes(item) } }] } }),
  },
  transact: {
    get: (TableName, item) => transactGet({ Get: { TableName, Key: attributes(item) } }),
    put: (TableName, item) => transactWrite({ Put: { TableName, Item: attributes(item) } }),
    upd: (TableName, item) => transactWrite({ Update: { TableName, Key: attributes(item) } }),
    del: (TableName, item) => transactWrite({ Delete: { TableName, Key: attributes(item) } }),
    chk: (TableName, item) => transactWrite({ ConditionCheck: { TableName, Key: attributes(item) } }),
  },
  partiql: {
    sel: (table, item) => statement(`SELECT * FROM "${table}" WHERE finding = '${item.finding}'`),
    ins: (table, item) =>
      statement(`INSERT INTO "${table}" VALUE {'finding': '${item.finding}', 'record': '${item.record}'}`),
    upd: (table, item) => statement(`UPDATE "${table}" SET decision = 'x' WHERE finding = '${item.finding}'`),
    del: (table, item) => statement(`DELETE FROM "${table}" WHERE finding = '${item.finding}'`),
  },
};

function call(operation: string, parameters: Record<string, unknown>): Question {
  return { service: 'dynamodb', operation, parameters };
}

function transactGet(element: object): Question {
  return call('TransactGetItems', { TransactItems: [element] });
}

function transactWrite(element: object): Question {
  return call('TransactWriteItems', { TransactItems: [element] });
}

function statement(Statement: string): Question {
  return call('ExecuteStatement', { Statement });
}

function attributes({ finding, record }: ItemKey): object {
  return { finding: { S: finding }, record: { S: record } };
}

function equals(attribute: string, value: string): object {
  return {
    KeyConditionExpression: '#key = :value',
    ExpressionAttributeNames: { '#key': attribute },
    ExpressionAttributeValues: { ':value': { S: value } },
  };
}
