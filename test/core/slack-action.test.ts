import fc from 'fast-check';
import {
  actionIdOf,
  actionValue,
  longestActionValue,
  parseActionValue,
  type SlackAction,
} from '../../core/slack-action';

const finding = {
  accountId: '333333333333',
  region: 'eu-west-1',
  control: 's3-public-access',
  resourceType: 'AWS::S3::Bucket',
  resourceId: 'payments-reports',
};
const list = '0123456789abcdef';
const actions: SlackAction[] = [
  { order: 'approve', finding, occurrence: 1, plan: 'abc' },
  { order: 'approve', finding, occurrence: 1, plan: 'abc.def', lossy: true },
  { order: 'deny', finding, occurrence: 2, plan: 'abc' },
  { order: 'undo', finding, occurrence: 1 },
  { order: 'exempt', finding, occurrence: 1 },
  { order: 'retry', finding, occurrence: 1 },
  { order: 'approve-all', card: 'card-1', list },
  { order: 'thaw', scope: 'organization', list },
  { order: 'agree', proposal: 'f'.repeat(64) },
  { order: 'list', card: 'card-1', page: 3 },
  { order: 'list', card: 'card-1' },
];

describe('what a button carries', () => {
  it.each(actions)('comes back as it was: $order', (action) => {
    const value = actionValue(action, 'card-1');
    expect(value.length).toBeLessThanOrEqual(longestActionValue);
    expect(parseActionValue(value)).toEqual({ ...action, card: 'card-1' });
  });

  it('has room for the longest finding there is', () => {
    const longest = {
      ...finding,
      control: 'c'.repeat(128),
      resourceType: 't'.repeat(128),
      resourceId: 'r'.repeat(256),
    };
    expect(() =>
      actionValue(
        { order: 'approve', finding: longest, occurrence: 1, plan: 'p'.repeat(49) },
        'c'.repeat(200),
      ),
    ).not.toThrow();
  });

  it('is refused where it is longer than Slack takes', () => {
    const awkward = { ...finding, resourceId: '\u0001'.repeat(256), control: '\u0001'.repeat(128) };
    expect(() => actionValue({ order: 'undo', finding: awkward, occurrence: 1 }, 'card-1')).toThrow(
      RangeError,
    );
  });

  it.each([
    undefined,
    null,
    7,
    '',
    'x',
    '[]',
    '{}',
    'null',
    '{"order":"approve"}',
    JSON.stringify({ order: 'approve', finding, occurrence: 0, plan: '', card: 'c' }),
    JSON.stringify({ order: 'retry', finding, occurrence: 1 }),
    JSON.stringify({ order: 'retry', finding: { ...finding, accountId: '1' }, occurrence: 1, card: 'c' }),
    JSON.stringify({ order: 'pause', scope: 'organization', card: 'c' }),
    JSON.stringify({ order: 'thaw', scope: 'everything', list, card: 'c' }),
    JSON.stringify({ order: 'thaw', scope: 'organization', list, card: '\ud800' }),
    `{"order":"list","card":"${'c'.repeat(2_000)}"}`,
    '['.repeat(2_000),
  ])('is none of ours, and throws nothing: %j', (text) => {
    expect(parseActionValue(text)).toBeUndefined();
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.json()), (text) => {
        parseActionValue(text);
      }),
      { seed: 16, numRuns: 1000 },
    );
  });
});

describe('the id of an action', () => {
  it('says what it is, and which, where there are several', () => {
    expect(actionIdOf({ order: 'approve' })).toBe('staunch:approve');
    expect(actionIdOf({ order: 'approve-all' }, 3)).toBe('staunch:approve-all:3');
  });
});
