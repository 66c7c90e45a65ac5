import { type FindingState, states } from '../../../core/states';
import { itemOf, parseFindingRecord } from '../../../ledger/findings/record-item';
import { RecordError } from '../../../ledger/table/errors';
import { open } from '../../../ledger/transitions/open';
import { testIdentity } from '../../support/findings';
import itemsBeforeVariants from './items-before-variants.json';

const time = '2026-11-23T10:00:00.000Z';
const received = () =>
  itemOf(open(testIdentity, 1, 'critical', { holder: 'a', until: time }, new Date(time)));
const reading = (item: Record<string, unknown>) => () => parseFindingRecord(item, 'staunch-ledger');

describe('an item that the version before variants wrote', () => {
  it.each(Object.entries(itemsBeforeVariants))('%s, is read, with all that it holds', (_what, item) => {
    const record = parseFindingRecord(item, 'staunch-ledger');
    expect(itemOf(record)).toEqual(item);
  });

  it('is there for every state', () => {
    const stated = new Set(Object.values(itemsBeforeVariants).map(({ state }) => state));
    expect([...stated].sort()).toEqual(Object.keys(states).sort());
  });
});

it('an item keeps who opened the resource, also by a tool that only a newer version knows', () => {
  const opened = { principal: 'x', kind: 'robot', tool: 'Pulumi', at: time, newer: 'y' };
  const item = { ...received(), detector: 'trail', opened, stack: 'web' };
  const { newer: _newer, ...known } = opened;
  expect(itemOf(parseFindingRecord(item, 'staunch-ledger'))).toEqual({ ...item, opened: known });
});

describe('an item that is no record of its state', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['has no state', { state: undefined }, 'state'],
    ['is in a state that the table does not have', { state: 'mended' }, 'state'],
    ['is held for nothing', { state: 'held', decidedBy: 'the default' }, 'heldBy'],
    ['was settled by nobody', { state: 'reported' }, 'decidedBy'],
    [
      'has what only another state has',
      { state: 'held', decidedBy: 'the default', heldBy: 'stop', nextAttemptAt: time },
      'nextAttemptAt',
    ],
    ['has a malformed time', { at: 'yesterday' }, 'at'],
    ['lacks what every state has', { severity: undefined }, 'severity'],
  ])('%s: the error names the table, the key and the field', (_what, parts, field) => {
    const item = { ...received(), ...parts };
    expect(reading(item)).toThrow(RecordError);
    expect(reading(item)).toThrow(
      `The item ${item.finding} occurrence#000001 of table staunch-ledger cannot be understood at ${field}`,
    );
  });

  it.each(Object.keys(states) as FindingState[])('is not read as %s for its state alone', (state) => {
    expect(reading({ finding: 'x', record: 'occurrence#000001', state })).toThrow(RecordError);
  });
});
