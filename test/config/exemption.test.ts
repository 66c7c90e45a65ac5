import { exemptionFor, tagRuleFor } from '../../config/exemption';
import { exemptionsEnding } from '../../config/exemptions-ending';
import type { AccountPlace } from '../../config/place';
import { matchesResource } from '../../config/resource-pattern';
import { UnresolvedPolicyError } from '../../config/unresolved';
import { placeUnder, policyWith, readAt } from './support/policy';

const subject = { controlId: 's3-public-access', region: 'eu-west-1', resourceId: 'photos' };

const exemption = (more: Record<string, string> = {}) =>
  `  - ${JSON.stringify({ control: 's3-public-access', resource: 'photos', reason: 'r', owner: 'o', expires: '2027-03-01', ...more })}`;
const policyOf = (...exemptions: string[]) => policyWith(`exemptions:\n${exemptions.join('\n')}\n`);

describe('exemptionFor', () => {
  it.each<[string, Record<string, string>, AccountPlace, boolean]>([
    ['the account by id', { account: '333333333333' }, placeUnder('Prod'), true],
    ['the account by name', { account: 'payments-prod' }, placeUnder('Prod'), true],
    ['another account', { account: '444444444444' }, placeUnder('Prod'), false],
    ['another name', { account: 'payments' }, placeUnder('Prod'), false],
    ['its unit by id', { organizationalUnit: 'ou-abcd-workprod' }, placeUnder('Prod'), true],
    ['its unit by path', { organizationalUnit: '/Workloads/Prod' }, placeUnder('Prod'), true],
    ['a unit further up', { organizationalUnit: '/Workloads' }, placeUnder('Cell'), true],
    ['the root', { organizationalUnit: '/' }, placeUnder('Cell'), true],
    ['another unit', { organizationalUnit: '/Sandbox' }, placeUnder('Cell'), false],
    ['its Region', { account: '333333333333', region: 'eu-west-1' }, placeUnder('Prod'), true],
    ['another Region', { account: '333333333333', region: 'us-east-1' }, placeUnder('Prod'), false],
    ['a pattern', { account: '333333333333', resource: 'ph*' }, placeUnder('Prod'), true],
    ['another resource', { account: '333333333333', resource: 'photos-2' }, placeUnder('Prod'), false],
    [
      'another control',
      { account: '333333333333', control: 'security-group-open-ports', resource: '*' },
      placeUnder('Prod'),
      false,
    ],
  ])('of %s', (_what, more, place, exempt) => {
    expect(exemptionFor(policyOf(exemption(more)), place, subject, readAt) !== undefined).toBe(exempt);
  });

  const own = exemption({ account: '333333333333' });
  it.each<[string, string, boolean]>([
    ['holds to the end of its date in UTC', '2027-03-01T23:59:59.999Z', true],
    ['is over by itself on the day after', '2027-03-02T00:00:00.000Z', false],
  ])('%s', (_what, now, exempt) => {
    expect(exemptionFor(policyOf(own), placeUnder('Prod'), subject, new Date(now)) !== undefined).toBe(
      exempt,
    );
  });

  it('holds up to its time where it has one', () => {
    const policy = policyOf(exemption({ account: '333333333333', expires: '2027-03-01T12:00:00+02:00' }));
    const at = (now: string) => exemptionFor(policy, placeUnder('Prod'), subject, new Date(now));
    expect(at('2027-03-01T09:59:59Z')).toBeDefined();
    expect(at('2027-03-01T10:00:00Z')).toBeUndefined();
  });

  it('is found when only one of several still holds, and is the one that lasts longest', () => {
    const policy = policyOf(
      exemption({ organizationalUnit: '/', expires: '2026-12-01' }),
      exemption({ account: '333333333333', resource: '*', expires: '2027-02-01', reason: 'lasts' }),
      exemption({ account: 'payments-prod', expires: '2027-01-01' }),
    );
    const found = exemptionFor(policy, placeUnder('Prod'), subject, new Date('2027-01-15T00:00:00Z'));
    expect(found).toMatchObject({ reason: 'lasts', source: 'policy.yaml:8' });
  });

  it('is unresolved where its name is that of two accounts, or the place is not known', () => {
    const policy = policyOf(exemption({ account: 'payments-prod' }));
    const find = (place: AccountPlace) => () => exemptionFor(policy, place, subject, readAt);
    expect(find(placeUnder('Prod', { sameName: 2 }))).toThrow(UnresolvedPolicyError);
    expect(find(placeUnder('Prod', { path: [] }))).toThrow(UnresolvedPolicyError);
  });
});

describe('tagRuleFor', () => {
  const policy = policyWith(
    'exemptionRules: { byTag: { organizationalUnits: [/Sandbox, ou-abcd-workprod], maximumDays: 14 } }',
  );
  it('lets tags exempt in the units that the policy lists, and what is nested in them', () => {
    expect(tagRuleFor(policy, placeUnder('SandboxProd'))).toMatchObject({ maximumDays: 14 });
    expect(tagRuleFor(policy, placeUnder('Cell'))).toMatchObject({ maximumDays: 14 });
  });

  it('lets tags exempt nowhere else, and nothing without a rule', () => {
    expect(tagRuleFor(policy, placeUnder('Workloads'))).toBeUndefined();
    expect(tagRuleFor(policyWith(''), placeUnder('Sandbox'))).toBeUndefined();
  });
});

describe('matchesResource', () => {
  it.each<[string, string, boolean]>([
    ['photos', 'photos', true],
    ['photos', 'photos-2', false],
    ['photos', 'my-photos', false],
    ['*', 'anything', true],
    ['photos*', 'photos', true],
    ['photos*', 'photos-2', true],
    ['*photos', 'my-photos', true],
    ['*photos', 'photos-2', false],
    ['p*s', 'photos', true],
    ['p*o*s', 'photos', true],
    ['p*o*o*o*s', 'photos', false],
    ['ab*ba', 'aba', false],
    ['a*a', 'a', false],
    ['**', 'x', true],
    ['a.c', 'abc', false],
    ['a[bc]', 'ab', false],
    ['Photos', 'photos', false],
  ])('%s and %s: %s', (pattern, resourceId, matches) => {
    expect(matchesResource(pattern, resourceId)).toBe(matches);
  });

  it('is not slow on any pattern', () => {
    expect(matchesResource(`${'a*'.repeat(120)}b`, 'a'.repeat(250))).toBe(false);
  });
});

describe('exemptionsEnding', () => {
  const policy = policyOf(
    exemption({ account: '333333333333' }),
    exemption({ account: '444444444444', expires: '2027-03-01T08:30:00Z' }),
  );
  it.each<[string, string, ('week' | 'day')[]]>([
    ['eight days before', '2027-02-21T23:59:59Z', []],
    ['a week before', '2027-02-22T00:00:00Z', ['week', 'week']],
    ['the day before', '2027-02-28T23:59:59Z', ['week', 'week']],
    ['on the day', '2027-03-01T00:00:00Z', ['day', 'day']],
    ['later on the day', '2027-03-01T08:30:00Z', ['day']],
    ['when they are over', '2027-03-02T00:00:00Z', []],
  ])('%s', (_what, now, expected) => {
    expect(exemptionsEnding(policy, new Date(now)).map(({ when }) => when)).toEqual(expected);
  });

  it('has ids that stay when lines move or words change, and differ for another end, day or exemption', () => {
    const ids = (now: string, ...exemptions: string[]) =>
      exemptionsEnding(policyOf(...exemptions), new Date(now)).map(({ id }) => id);
    const day = '2027-02-25T00:00:00Z';
    const own = exemption({ account: '333333333333' });
    const [first] = ids(day, own);
    const other = exemption({ account: '444444444444' });

    expect(ids(day, other, exemption({ account: '333333333333', reason: 'said better' }))[1]).toBe(first);
    expect(ids(day, exemption({ account: '333333333333', expires: '2027-03-02' }))).not.toContain(first);
    expect(ids('2027-03-01T00:00:00Z', own)).not.toContain(first);
    expect(ids(day, other)).not.toContain(first);
  });
});
