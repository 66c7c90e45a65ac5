import { tagExemption } from '../../decision/tag-exemption';

const now = new Date('2026-11-23T10:00:00.000Z');
const rule = { organizationalUnits: ['/Sandbox'], maximumDays: 30, source: 'organization.yaml:40' };
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60 * 1000);
const exempts = (value: string | undefined, firstSeen = now) => tagExemption({ value, rule, firstSeen, now });

describe('tagExemption', () => {
  it.each([
    ['2026-11-23', '2026-11-24T00:00:00.000Z'],
    ['2026-12-01', '2026-12-02T00:00:00.000Z'],
    [' 2026-12-01 ', '2026-12-02T00:00:00.000Z'],
    ['2026-11-23T10:00:01Z', '2026-11-23T10:00:01.000Z'],
    ['2026-11-23T12:30+02:00', '2026-11-23T10:30:00.000Z'],
  ])('lets %j exempt until %s', (value, until) => {
    expect(exempts(value)).toEqual({
      until: new Date(until),
      reason: `The tag staunch:exempt-until says ${JSON.stringify(value)}.`,
    });
  });

  it.each([
    '',
    'soon',
    '1.12.2026',
    '2026-12',
    '2026-02-30',
    '2026-12-01T10:00',
    '20261201',
    'true',
    '9'.repeat(256),
  ])('does not guess what %j means, and says what to write', (value) => {
    expect(exempts(value)).toEqual({ ignored: expect.stringContaining('write a date like 2027-03-01') });
  });

  it('cuts off what is too long to be shown', () => {
    expect(exempts('x'.repeat(256))).toEqual({ ignored: expect.stringContaining(`"${'x'.repeat(40)}…":`) });
  });

  it.each(['2026-11-22', '2026-11-23T10:00:00Z', '2020-01-01'])('is over: %s', (value) => {
    expect(exempts(value)).toEqual({
      ignored: `The tag staunch:exempt-until says "${value}", which is over.`,
    });
  });

  it('lasts no longer than the policy allows after it was first seen', () => {
    expect(exempts('2099-01-01')).toEqual({
      until: new Date('2026-12-23T10:00:00.000Z'),
      reason:
        'The tag staunch:exempt-until says "2099-01-01"; a tag exempts for 30 days at most, and it was first seen on 2026-11-23 10:00 UTC.',
    });
  });

  it('is not made longer by a later time', () => {
    const firstSeen = daysAgo(29);
    const until = new Date('2026-11-24T10:00:00.000Z');
    for (const value of ['2026-11-30', '2027-11-30'])
      expect(exempts(value, firstSeen)).toMatchObject({ until });
  });

  it('exempts nothing once its days are used up, whatever it says', () => {
    expect(exempts('2026-12-01', daysAgo(30))).toEqual({
      ignored:
        'The tag staunch:exempt-until says "2026-12-01", but a tag exempts for 30 days at most, and it was first seen on 2026-10-24 10:00 UTC.',
    });
    expect(exempts('2026-12-01', daysAgo(29.999))).toHaveProperty('until');
  });

  it('has nothing to say of a resource without the tag, or where tags exempt nothing', () => {
    expect(exempts(undefined)).toBeUndefined();
    expect(tagExemption({ value: '2026-12-01', rule: undefined, firstSeen: now, now })).toBeUndefined();
  });
});
