import fc from 'fast-check';
import {
  type LimitScope,
  parseWaitsFor,
  waitsForFreeze,
  waitsForLimit,
  waitsForNames,
  waitsForStop,
} from '../../../ledger/limits/waits-for';

const seed = 20_261_123;
const accountId = fc.stringMatching(/^\d{12}$/);
const stopScope = fc.oneof(
  fc.constant('organization'),
  accountId,
  fc.stringMatching(/^ou-[a-z0-9]{4}-[a-z0-9]{8}$/),
  fc.stringMatching(/^r-[a-z0-9]{4}$/),
);
const limitScope: fc.Arbitrary<LimitScope> = fc.oneof(
  fc.constant<LimitScope>({ kind: 'organization' }),
  fc.record({ kind: fc.constantFrom('account' as const, 'failures' as const), accountId }),
);

describe('what a finding waits for', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(stopScope, fc.stringMatching(/^[0-9a-f]{16}$/), limitScope, (scope, id, limit) => {
        expect(parseWaitsFor(waitsForStop(scope))).toEqual({ kind: 'stop', scope });
        expect(parseWaitsFor(waitsForFreeze(id))).toEqual({ kind: 'freeze', id });
        expect(parseWaitsFor(waitsForLimit(limit))).toEqual({ kind: 'limit', scope: limit });
      }),
      { seed },
    );
    expect(parseWaitsFor(waitsForNames)).toEqual({ kind: 'names' });
  });

  it('is another text for each other thing', () => {
    const one: LimitScope = { kind: 'account', accountId: '222222222222' };
    const texts = [
      waitsForNames,
      waitsForStop('organization'),
      waitsForStop('222222222222'),
      waitsForFreeze('0123456789abcdef'),
      waitsForLimit({ kind: 'organization' }),
      waitsForLimit(one),
      waitsForLimit({ ...one, kind: 'failures' }),
    ];
    expect(new Set(texts).size).toBe(texts.length);
  });

  it.each(['', 'moon#full', 'limit', 'limit#nobody#222222222222', 'names2'])(
    'is unknown where it is %j',
    (text) => {
      expect(parseWaitsFor(text)).toBeUndefined();
    },
  );
});
