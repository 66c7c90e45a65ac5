import { ledgerTableName, savedStatesTableName } from '../../core/names';
import { resourceTypes } from '../../resources/resource-types';
import { assemble, hubAccount, hubRegion, stackTemplate } from './support/assemble';
import { HubAuthorization } from './support/hub-authorization';
import { type ItemKey, itemCalls } from './support/item-calls';

const finding = '333333333333#eu-west-1#security-group-open-ports#sg-0123456789abcdef0';

/** Every kind of item, by table. */
const items: Record<string, Record<string, ItemKey>> = {
  [ledgerTableName]: {
    'finding occurrence': { finding, record: 'occurrence#000001' },
    exemption: { finding, record: 'exemption' },
    'tag sighting': { finding, record: 'tag-exemption' },
    'waiting finding': { finding: 'waiting', record: finding },
    notice: { finding: 'notice#exempt-1', record: 'notice' },
    card: { finding: 'card#0123456789abcdef', record: 'card' },
    'card of a finding': { finding: `card-of#${finding}#1`, record: 'C0123456789' },
    'outbox entry': { finding: 'post#C0123456789', record: 'card#0123456789abcdef' },
    'slack request': { finding: `slack-request#${'0'.repeat(64)}`, record: 'request' },
    'given order': { finding: 'order#6f1d2c3b-0a4e-4f5a-9b7c-8d6e5f4a3b2c', record: 'order' },
    'stop switch': { finding: 'stop-switch', record: 'organization' },
    'fix limit': { finding: 'fix-limit', record: 'organization' },
    'policy progress': { finding: 'policy', record: 'progress' },
    'policy names': { finding: 'policy', record: 'names' },
    'unreachable account': { finding: 'unreachable', record: '333333333333#read' },
    'unknown account': { finding: 'unknown-account', record: '555555555555' },
    'told failure': { finding: 'failures#333333333333#2026-11-23T10:00:00.000Z', record: 'alone#1' },
    'failures of an hour': { finding: 'told-together', record: '333333333333#2026-11-23T10:00:00.000Z' },
    'organization head': { finding: 'organization', record: 'head' },
    'organization tree': { finding: 'organization', record: 'tree#0001' },
    'stack failures': { finding: 'stack-failures', record: 'state' },
    'doctor gaps': { finding: 'doctor-gaps', record: 'state' },
    'probe round': { finding: 'probes', record: '0123456789abcdef' },
    'probe arrival': { finding: 'probe-arrivals#0123456789abcdef', record: '333333333333#eu-west-1#rule' },
  },
  [savedStatesTableName]: {
    'state before': { finding, record: 'before#000001#000001#01' },
    'changes made': { finding, record: 'made#000001#000001#01' },
    'state after': { finding, record: 'after#000001#000001' },
    'undone fix': { finding, record: 'undone#000001#000002' },
  },
};

const coordinator = `
                                alone                         batch        transact             partiql
staunch-ledger                  get put upd del qry idx scan  get put del  get put upd del chk  sel ins upd del
  finding occurrence            x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  exemption                     x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  tag sighting                  x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  waiting finding               x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  notice                        x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  card                          x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  card of a finding             x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  outbox entry                  x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  slack request                 x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  given order                   x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  stop switch                   x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  fix limit                     x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  policy progress               x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  policy names                  x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  unreachable account           x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  unknown account               x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  told failure                  x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  failures of an hour           x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  organization head             x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  organization tree             x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  stack failures                x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  doctor gaps                   x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  probe round                   x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
  probe arrival                 x   x   x   x   x   x   x     x   .   .    x   x   x   x   .    .   .   .   .
staunch-saved-states            get put upd del qry idx scan  get put del  get put upd del chk  sel ins upd del
  state before                  .   x   x   .   x   .   .     .   .   .    .   x   x   .   .    .   .   .   .
  changes made                  .   x   x   .   x   .   .     .   .   .    .   x   x   .   .    .   .   .   .
  state after                   .   x   x   .   x   .   .     .   .   .    .   x   x   .   .    .   .   .   .
  undone fix                    .   x   x   .   x   .   .     .   .   .    .   x   x   .   .    .   .   .   .
`;

const remediation = `
                                alone                         batch        transact             partiql
staunch-ledger                  get put upd del qry idx scan  get put del  get put upd del chk  sel ins upd del
  finding occurrence            .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  exemption                     .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  tag sighting                  .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  waiting finding               .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  notice                        .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  card                          .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  card of a finding             .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  outbox entry                  .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  slack request                 .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  given order                   .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  stop switch                   .   .   .   .   x   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  fix limit                     .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  policy progress               .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  policy names                  .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  unreachable account           .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  unknown account               .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  told failure                  .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  failures of an hour           .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  organization head             .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  organization tree             .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  stack failures                .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  doctor gaps                   .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  probe round                   .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  probe arrival                 .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
staunch-saved-states            get put upd del qry idx scan  get put del  get put upd del chk  sel ins upd del
  state before                  .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  changes made                  .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  state after                   .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
  undone fix                    .   .   .   .   .   .   .     .   .   .    .   .   .   .   .    .   .   .   .
`;

/** Nothing at all. */
const walker = remediation.replace(/(stop switch .*?)x/, '$1.');
/** The table with these columns, counted from 0, allowed in the rows of these items. */
function allowing(table: string, rows: string, columns: readonly number[]): string {
  return table.replace(new RegExp(`^ {2}(${rows}) .*$`, 'gm'), (row) => {
    const cells = row.split(/(?<=\S)(?=\s)/);
    const first = cells.length - 19;
    return cells
      .map((cell, index) => (columns.includes(index - first) ? cell.replace('.', 'x') : cell))
      .join('');
  });
}

/** A get, a query, a get of a transaction. */
const reading = [0, 4, 10];
/** The organization's tree, to read; what is covered has a partition of its own. */
const treeReader = allowing(walker, 'organization \\w+', reading);
/**
 * Everything to look through; findings, the tree, names, the stop switch and saved states to read; and orders to keep, of which it
 * deletes none.
 */
const orders = [
  { rows: Object.keys(items[ledgerTableName] ?? {}).join('|'), columns: [6] },
  { rows: 'finding occurrence|exemption|tag sighting|organization \\w+', columns: reading },
  { rows: 'policy \\w+', columns: [0, 10] },
  { rows: 'given order', columns: [0, 1, 10, 11] },
  { rows: `stop switch|${Object.keys(items[savedStatesTableName] ?? {}).join('|')}`, columns: [4] },
].reduce((table, { rows, columns }) => allowing(table, rows, columns), walker);

/** A get, a put, a query; the same in a transaction. */
const keeping = [0, 1, 4, 10, 11];
const notifier = [
  { rows: 'card|card of a finding', columns: keeping },
  { rows: 'outbox entry', columns: [1, 11] },
  { rows: 'organization \\w+', columns: reading },
  { rows: 'policy \\w+', columns: [0, 10] },
].reduce((table, { rows, columns }) => allowing(table, rows, columns), walker);
/** It empties the outbox. */
const poster = [
  { rows: 'card(?= {2})', columns: keeping },
  { rows: 'outbox entry', columns: [...keeping, 3, 13] },
].reduce((table, { rows, columns }) => allowing(table, rows, columns), walker);

/** A put and a delete; the same in a transaction. */
const slackFront = allowing(walker, 'slack request', [1, 3, 11, 13]);
/** Orders to keep, and cards to mark; the tree and names to read. It reads no finding. */
const slackActions = [
  { rows: 'card|card of a finding', columns: keeping },
  { rows: 'outbox entry', columns: [1, 11] },
  { rows: 'given order', columns: [0, 1, 10, 11] },
  { rows: 'organization \\w+', columns: reading },
  { rows: 'policy \\w+', columns: [0, 10] },
].reduce((table, { rows, columns }) => allowing(table, rows, columns), walker);

const remediationRoles = Object.values(resourceTypes).map(({ slug }) => `staunch-remediate-${slug}`);

/** What each function's role may do with each kind of item; `x` is allowed, `.` is denied. */
const expected: Record<string, string> = {
  'staunch-coordinator': coordinator,
  'staunch-notifier': notifier,
  'staunch-slack-poster': poster,
  'staunch-orders': orders,
  'staunch-slack': slackFront,
  'staunch-slack-actions': slackActions,
  'staunch-patrol-dispatcher': treeReader,
  'staunch-patrol-walker': walker,
  // A put, and one of a transaction.
  'staunch-daily-doctor': allowing(treeReader, 'doctor gaps', [1, 11]),
  'staunch-reconcile': allowing(treeReader, 'stack failures', [1, 11]),
  ...Object.fromEntries(remediationRoles.map((role) => [role, remediation])),
};

let hub: HubAuthorization;

beforeAll(async () => {
  hub = new HubAuthorization(stackTemplate(await assemble('approval'), 'staunch-hub'));
}, 60_000);

/** One line of a role's table: a column for each group, and in it one for each operation. */
function line(start: string, cell: (group: string, operation: string) => string): string {
  const groups = Object.entries(itemCalls).map(([group, operations]) =>
    Object.keys(operations)
      .map((operation) => cell(group, operation).padEnd(3))
      .join(' '),
  );
  return `${start.padEnd(31)} ${groups.map((cells, index) => (index === 0 ? cells.padEnd(28) : cells)).join('  ')}`;
}

function tableOf(role: string): string {
  const groups = line('', (group, operation) =>
    operation === Object.keys(itemCalls[group] ?? {})[0] ? group : '',
  );
  const lines = Object.entries(items).flatMap(([table, kinds]) => [
    line(table, (_, operation) => operation),
    ...Object.entries(kinds).map(([kind, key]) =>
      line(`  ${kind}`, (group, operation) => {
        const question = itemCalls[group]?.[operation]?.(table, key);
        return question && hub.allows(role, question) ? 'x' : '.';
      }),
    ),
  ]);
  return ['', groups, ...lines, ''].join('\n');
}

/** Columns are for the eye. */
const cellsOf = (table: string) => table.split('\n').map((row) => row.trim().split(/\s+/).join(' '));

describe('the tables of the hub', () => {
  it('are reached by no function but those that this test names', () => {
    expect(hub.functionRoles().sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.keys(expected))('are open to %s for this, and for nothing else', (role) => {
    expect(cellsOf(tableOf(role))).toEqual(cellsOf(expected[role] ?? ''));
  });

  it("are open to the doctor's role for beginning rounds of probes, and for seeing which arrived", () => {
    // A put; a query. What a person does with the role is no transaction.
    const begun = allowing(walker, 'probe round', [1, 11]);
    expect(cellsOf(tableOf('staunch-doctor'))).toEqual(cellsOf(allowing(begun, 'probe arrival', [4])));
  });

  it.each(remediationRoles)(
    'are named once in the policies of %s, without an index, and limited by partition key',
    (role) => {
      const statements = hub
        .policiesOf(role)
        .flatMap((policy) => (JSON.parse(policy) as { Statement: Record<string, unknown>[] }).Statement);
      const onTables = statements.filter((statement) => JSON.stringify(statement).includes('dynamodb'));
      expect(onTables).toHaveLength(1);
      expect(onTables[0]).toMatchObject({
        Resource: `arn:aws:dynamodb:${hubRegion}:${hubAccount}:table/${ledgerTableName}`,
        Condition: { Null: { 'dynamodb:LeadingKeys': 'false' } },
      });
    },
  );
});

describe('a remediation function', () => {
  const invoke = {
    service: 'lambda',
    operation: 'Invoke',
    parameters: { FunctionName: 'staunch-coordinator', InvocationType: 'RequestResponse' },
  };
  const report = {
    service: 'events',
    operation: 'PutEvents',
    parameters: {
      Entries: [{ Source: 'staunch', DetailType: 'Staunch Remediation Report', EventBusName: 'staunch' }],
    },
  };

  it.each(remediationRoles)('%s gives no orders to the coordinator', (role) => {
    expect(hub.allows(role, invoke)).toBe(false);
  });

  it.each(remediationRoles)('%s puts no report on the bus, as the coordinator does', (role) => {
    expect(hub.allows(role, report)).toBe(false);
    expect(hub.allows('staunch-coordinator', report)).toBe(true);
  });
});
