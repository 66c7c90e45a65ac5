import { compileEventPattern } from '../../../../sandbox/services/events/pattern';

function matches(pattern: Record<string, unknown>, event: Record<string, unknown>): boolean {
  return compileEventPattern(pattern)(event);
}

const event = {
  source: 'aws.config',
  'detail-type': 'Config Rules Compliance Change',
  resources: ['arn:aws:s3:::a', 'arn:aws:s3:::b'],
  detail: { configRuleName: 'staunch-s3-public-access', count: 15, message: null, tags: [] },
};

describe('an event pattern', () => {
  it.each<[string, Record<string, unknown>, boolean]>([
    ['an exact value', { source: ['aws.config'] }, true],
    ['another value', { source: ['aws.ec2'] }, false],
    ['one of several values', { source: ['aws.ec2', 'aws.config'] }, true],
    ['every key has to match', { source: ['aws.config'], 'detail-type': ['other'] }, false],
    ['an array that has the value', { resources: ['arn:aws:s3:::b'] }, true],
    ['an array that has not', { resources: ['arn:aws:s3:::c'] }, false],
    ['a nested value', { detail: { count: [15] } }, true],
    ['a number is not its text', { detail: { count: ['15'] } }, false],
    ['null', { detail: { message: [null] } }, true],
    ['null is not a missing field', { detail: { missing: [null] } }, false],
    ['a missing parent', { nothing: { count: [15] } }, false],
    ['prefix', { detail: { configRuleName: [{ prefix: 'staunch-' }] } }, true],
    ['prefix elsewhere', { detail: { configRuleName: [{ prefix: 's3' }] } }, false],
    ['prefix of a number', { detail: { count: [{ prefix: '1' }] } }, false],
    ['prefix, ignoring case', { source: [{ prefix: { 'equals-ignore-case': 'AWS.' } }] }, true],
    ['suffix', { detail: { configRuleName: [{ suffix: '-access' }] } }, true],
    ['suffix, ignoring case', { source: [{ suffix: { 'equals-ignore-case': 'CONFIG' } }] }, true],
    ['equals, ignoring case', { source: [{ 'equals-ignore-case': 'AWS.Config' }] }, true],
    ['anything but another', { source: [{ 'anything-but': 'aws.ec2' }] }, true],
    ['anything but this', { source: [{ 'anything-but': 'aws.config' }] }, false],
    ['anything but a list', { source: [{ 'anything-but': ['aws.ec2', 'aws.config'] }] }, false],
    ['anything but a number', { detail: { count: [{ 'anything-but': [15] }] } }, false],
    ['anything but needs the field', { detail: { missing: [{ 'anything-but': 'x' }] } }, false],
    ['anything but a prefix', { source: [{ 'anything-but': { prefix: 'aws.' } }] }, false],
    ['anything but prefixes', { source: [{ 'anything-but': { prefix: ['x', 'aws.c'] } }] }, false],
    ['anything but a suffix', { source: [{ 'anything-but': { suffix: '.ec2' } }] }, true],
    ['anything but a wildcard', { source: [{ 'anything-but': { wildcard: 'aws.*' } }] }, false],
    [
      'anything but, ignoring case',
      { source: [{ 'anything-but': { 'equals-ignore-case': 'AWS.CONFIG' } }] },
      false,
    ],
    ['exists', { detail: { count: [{ exists: true }] } }, true],
    ['exists with null', { detail: { message: [{ exists: true }] } }, true],
    ['exists is for leaves only', { detail: [{ exists: true }] }, false],
    ['an empty array has no leaf', { detail: { tags: [{ exists: true }] } }, false],
    ['does not exist', { detail: { missing: [{ exists: false }] } }, true],
    ['does not exist, without its parent', { nothing: { missing: [{ exists: false }] } }, true],
    ['does not exist, but does', { detail: { count: [{ exists: false }] } }, false],
    ['a wildcard', { detail: { configRuleName: [{ wildcard: 'staunch-*-access' }] } }, true],
    ['a wildcard stands for nothing too', { source: [{ wildcard: 'aws.config*' }] }, true],
    ['a dot in a wildcard is a dot', { source: [{ wildcard: 'awsxcon*' }] }, false],
    ['numeric equality', { detail: { count: [{ numeric: ['=', 15] }] } }, true],
    ['a numeric range', { detail: { count: [{ numeric: ['>', 10, '<=', 15] }] } }, true],
    ['outside of a numeric range', { detail: { count: [{ numeric: ['>', 15, '<=', 20] }] } }, false],
    ['numeric with a text', { source: [{ numeric: ['>', 0] }] }, false],
    ['one alternative of $or', { $or: [{ source: ['x'] }, { detail: { count: [15] } }] }, true],
    ['no alternative of $or', { $or: [{ source: ['x'] }, { detail: { count: [16] } }] }, false],
    [
      '$or beside a key that does not match',
      { source: ['x'], $or: [{ source: ['aws.config'] }, { a: [1] }] },
      false,
    ],
    ['$or inside', { detail: { $or: [{ count: [1] }, { count: [15] }] } }, true],
    ['an empty pattern', {}, true],
  ])('compares as EventBridge does: %s', (_, pattern, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it('takes an escaped asterisk for itself', () => {
    expect(matches({ name: [{ wildcard: 'a\\*b' }] }, { name: 'a*b' })).toBe(true);
    expect(matches({ name: [{ wildcard: 'a\\*b' }] }, { name: 'axb' })).toBe(false);
  });

  it('matches an array of objects only when one object matches whole', () => {
    const pattern = { item: { kind: ['a'], size: [2] } };
    expect(matches(pattern, { item: [{ kind: 'a', size: 2 }] })).toBe(true);
    expect(
      matches(pattern, {
        item: [
          { kind: 'a', size: 1 },
          { kind: 'b', size: 2 },
        ],
      }),
    ).toBe(false);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
  describe("of AWS's documentation", () => {
    it.each<[Record<string, unknown>, boolean]>([
      [{ state: 'pending' }, true],
      [{ state: 'stopped' }, false],
      [{ state: 'overloaded' }, false],
      [{}, false],
    ])('takes anything but a list: %j is %s', (detail, expected) => {
      const state = [{ 'anything-but': ['stopped', 'overloaded'] }];
      expect(matches({ detail: { state } }, { detail })).toBe(expected);
    });

    it.each<[Record<string, unknown>, boolean]>([
      [{ 'c-count': 3 }, true],
      [{ 'd-count': 9 }, true],
      [{ 'x-limit': 3.018e2 }, true],
      [{ 'c-count': 6, 'd-count': 10, 'x-limit': 4 }, false],
      [{}, false],
    ])('takes one of several fields: %j is %s', (detail, expected) => {
      const $or = [
        { 'c-count': [{ numeric: ['>', 0, '<=', 5] }] },
        { 'd-count': [{ numeric: ['<', 10] }] },
        { 'x-limit': [{ numeric: ['=', 3.018e2] }] },
      ];
      expect(matches({ detail: { $or } }, { detail })).toBe(expected);
    });

    it.each<[Record<string, unknown>, boolean]>([
      [{ detail: { 'c-count': 3 } }, true],
      [{ detail: { 'c-count': 3, 'd-count': 4 } }, false],
    ])('takes a field that must not be there: %j is %s', (event, expected) => {
      const pattern = { detail: { 'c-count': [{ exists: true }], 'd-count': [{ exists: false }] } };
      expect(matches(pattern, event)).toBe(expected);
    });
  });

  it('takes all but sessions of some roles by $or, whatever else there is of the caller', () => {
    const arn = (name: string) => `arn:aws:iam::111111111111:role/staunch/${name}`;
    const issuer = (...alternatives: unknown[]) => ({
      userIdentity: { sessionContext: { sessionIssuer: { arn: alternatives } } },
    });
    const $or = [issuer({ 'anything-but': [arn('one'), arn('two')] }), issuer({ exists: false })];
    const by = (userIdentity?: object) =>
      matches({ detail: { $or } }, { detail: { ...(userIdentity && { userIdentity }) } });
    const session = (name: string) => by({ sessionContext: { sessionIssuer: { arn: arn(name) } } });
    expect([session('one'), session('two'), session('three')]).toEqual([false, false, true]);
    expect([by({ type: 'Root' }), by({ sessionContext: { sessionIssuer: {} } }), by()]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it.each([
    ['a bare value', { source: 'aws.config' }],
    ['an empty array', { source: [] }],
    ['a prefix that is a number', { source: [{ prefix: 1 }] }],
    ['two comparisons in one object', { source: [{ prefix: 'a', suffix: 'b' }] }],
    ['two asterisks in a row', { source: [{ wildcard: 'a**b' }] }],
    ['an incomplete numeric range', { count: [{ numeric: ['>', 1, '<'] }] }],
    ['$or with one alternative', { $or: [{ source: ['a'] }] }],
    ['anything-but of true', { source: [{ 'anything-but': true }] }],
  ])('is refused when it is wrong: %s', (_, pattern) => {
    expect(() => compileEventPattern(pattern)).toThrow(
      expect.objectContaining({ name: 'InvalidEventPatternError' }),
    );
  });

  it('stops the run at a comparison that nobody handles', () => {
    expect(() => compileEventPattern({ address: [{ cidr: '10.0.0.0/24' }] })).toThrow(
      expect.objectContaining({ name: 'UnsupportedError', message: expect.stringContaining('"cidr"') }),
    );
  });
});
