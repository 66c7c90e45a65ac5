import fc from 'fast-check';
import { freezeFor, nextFreezeAt } from '../../config/freeze';
import type { AccountPlace } from '../../config/place';
import { UnresolvedPolicyError } from '../../config/unresolved';
import { runsOf } from '../support/property-runs';
import { placeUnder, policyWith, type UnitName } from './support/policy';

/** A freeze as the file says it. */
interface Said {
  from: string;
  to: string;
  organizationalUnits?: readonly string[];
  accounts?: readonly string[];
}
const holidays: Said = { from: '2026-12-19', to: '2027-01-06' };
const within = new Date('2026-12-24T12:00:00Z');

const policyOf = (...freezes: readonly Said[]) =>
  policyWith(
    `freezes:\n${freezes.map((said, index) => `- ${JSON.stringify({ ...said, reason: `number ${index}` })}\n`).join('')}`,
  );

describe('freezeFor', () => {
  it.each<[string, Partial<Said>, AccountPlace, boolean]>([
    ['the whole organization', {}, placeUnder('Prod'), true],
    ['the account by id', { accounts: ['333333333333'] }, placeUnder('Prod'), true],
    ['the account by name', { accounts: ['other', 'payments-prod'] }, placeUnder('Prod'), true],
    ['other accounts', { accounts: ['444444444444', 'payments'] }, placeUnder('Prod'), false],
    ['its unit by id', { organizationalUnits: ['ou-abcd-workprod'] }, placeUnder('Prod'), true],
    ['its unit by path', { organizationalUnits: ['/Workloads/Prod'] }, placeUnder('Prod'), true],
    ['a unit further up', { organizationalUnits: ['/Sandbox', '/Workloads'] }, placeUnder('Cell'), true],
    ['a unit further down', { organizationalUnits: ['/Workloads/Prod/Cell'] }, placeUnder('Prod'), false],
    ['the root by path', { organizationalUnits: ['/'] }, placeUnder('Cell'), true],
    ['the root by id', { organizationalUnits: ['r-abcd'] }, placeUnder('Cell'), true],
    ['another unit', { organizationalUnits: ['/Sandbox'] }, placeUnder('Cell'), false],
    [
      'a unit of the same name elsewhere',
      { organizationalUnits: ['/Sandbox/Prod'] },
      placeUnder('Prod'),
      false,
    ],
    [
      'another unit, and the account',
      { organizationalUnits: ['/Sandbox'], accounts: ['payments-prod'] },
      placeUnder('Prod'),
      true,
    ],
    [
      'another account, and its unit',
      { organizationalUnits: ['/Workloads'], accounts: ['other'] },
      placeUnder('Prod'),
      true,
    ],
  ])('of a freeze of %s', (_what, more, place, frozen) => {
    expect(freezeFor(policyOf({ ...holidays, ...more }), place, within) !== undefined).toBe(frozen);
  });

  it.each<[string, string, boolean]>([
    ['does not hold right before its first day in UTC', '2026-12-18T23:59:59.999Z', false],
    ['holds from the first moment of its first day', '2026-12-19T00:00:00.000Z', true],
    ['holds to the last moment of its last day', '2027-01-06T23:59:59.999Z', true],
    ['is over on the day after', '2027-01-07T00:00:00.000Z', false],
  ])('%s', (_what, now, frozen) => {
    expect(freezeFor(policyOf(holidays), placeUnder('Prod'), new Date(now)) !== undefined).toBe(frozen);
  });

  it('is the one that ends last where several hold', () => {
    const policy = policyOf(
      { from: '2026-12-01', to: '2026-12-31' },
      { ...holidays, accounts: ['payments-prod'] },
      { from: '2026-12-20', to: '2026-12-26' },
      { from: '2027-01-01', to: '2027-02-01' },
      { ...holidays, to: '2027-03-01', accounts: ['other'] },
    );
    expect(freezeFor(policy, placeUnder('Prod'), within)).toMatchObject({
      reason: 'number 1',
      toSaid: '2027-01-06',
      source: 'policy.yaml:8',
    });
  });
});

describe('nextFreezeAt', () => {
  const policy = policyOf(
    { from: '2027-03-01', to: '2027-03-02' },
    { ...holidays, organizationalUnits: ['/Workloads'] },
    { from: '2026-12-01', to: '2026-12-02', accounts: ['other'] },
  );
  it.each<[string, UnitName, string, string | undefined]>([
    ['the nearest that concerns the account', 'Cell', '2026-11-23T10:00:00Z', '2026-12-19T00:00:00.000Z'],
    ['no other account', 'Sandbox', '2026-11-23T10:00:00Z', '2027-03-01T00:00:00.000Z'],
    ['not one that begins right now', 'Cell', '2026-12-19T00:00:00Z', '2027-03-01T00:00:00.000Z'],
    ['the next one while one holds', 'Cell', '2026-12-24T10:00:00Z', '2027-03-01T00:00:00.000Z'],
    ['nothing when none is ahead', 'Cell', '2027-03-01T00:00:00Z', undefined],
  ])('tells %s', (_what, unit, now, expected) => {
    expect(nextFreezeAt(policy, placeUnder(unit), new Date(now))?.toISOString()).toBe(expected);
  });
});

describe('an account whose place is not certain', () => {
  it.each([
    ['freezeFor', freezeFor],
    ['nextFreezeAt', nextFreezeAt],
  ])('is not decided by %s', (_name, decide) => {
    const named = policyOf({ ...holidays, accounts: ['payments-prod'] });
    const byPath = policyOf({ ...holidays, organizationalUnits: ['/Workloads'] });
    const nameless = placeUnder('Prod').path.map(({ id }) => ({ id }));
    for (const [policy, place] of [
      [named, placeUnder('Prod', { sameName: 2 })],
      [named, placeUnder('Prod', { path: [] })],
      [policyOf(), placeUnder('Prod', { path: [] })],
      [byPath, placeUnder('Prod', { path: nameless })],
    ] as const) {
      expect(() => decide(policy, place, within)).toThrow(UnresolvedPolicyError);
    }
  });
});

describe('whatever the freezes', () => {
  /** The units that an account under each unit lies in, by id and by path. */
  const keysAbove: Record<UnitName, readonly string[]> = {
    root: ['/', 'r-abcd'],
    Workloads: ['/', 'r-abcd', '/Workloads', 'ou-abcd-workload'],
    Prod: ['/', 'r-abcd', '/Workloads', 'ou-abcd-workload', '/Workloads/Prod', 'ou-abcd-workprod'],
    Cell: [
      ...['/', 'r-abcd', '/Workloads', 'ou-abcd-workload', '/Workloads/Prod', 'ou-abcd-workprod'],
      ...['/Workloads/Prod/Cell', 'ou-abcd-workcell'],
    ],
    Sandbox: ['/', 'r-abcd', '/Sandbox', 'ou-abcd-sandbox0'],
    SandboxProd: ['/', 'r-abcd', '/Sandbox', 'ou-abcd-sandbox0', '/Sandbox/Prod', 'ou-abcd-sandprod'],
  };
  const unitKeys = [...new Set(Object.values(keysAbove).flat())];
  const own = ['333333333333', 'payments-prod'];
  const begins = Date.parse('2026-12-01T00:00:00Z');
  const hour = 60 * 60 * 1000;
  const said = fc
    .record({
      start: fc.integer({ min: 0, max: 30 }),
      hours: fc.integer({ min: 1, max: 30 }),
      units: fc.option(fc.uniqueArray(fc.constantFrom(...unitKeys), { minLength: 1, maxLength: 3 })),
      accounts: fc.option(
        fc.uniqueArray(fc.constantFrom(...own, '444444444444', 'other'), { minLength: 1, maxLength: 2 }),
      ),
    })
    .map(({ start, hours, units, accounts }): Said => {
      const at = (hoursLater: number) => new Date(begins + hoursLater * hour).toISOString();
      return {
        from: at(start),
        to: at(start + hours),
        ...(units && { organizationalUnits: units }),
        ...(accounts && { accounts }),
      };
    });
  const freezes = fc.uniqueArray(said, { maxLength: 4, selector: (freeze) => `${freeze.from} ${freeze.to}` });
  const unit = fc.constantFrom<UnitName>('root', 'Workloads', 'Prod', 'Cell', 'Sandbox', 'SandboxProd');
  const moment = fc
    .tuple(fc.integer({ min: -1, max: 61 }), fc.constantFrom(-1, 0, 1))
    .map(([hours, milliseconds]) => begins + hours * hour + milliseconds);

  it('one holds exactly from its beginning to its end, in the units and accounts that it names', () => {
    const numRuns = runsOf(500);
    let frozen = 0;
    void fc.assert(
      fc.property(freezes, unit, moment, (all, under, now) => {
        const concerning = all.filter(
          ({ organizationalUnits, accounts }) =>
            (!organizationalUnits && !accounts) ||
            organizationalUnits?.some((key) => keysAbove[under].includes(key)) ||
            accounts?.some((key) => own.includes(key)),
        );
        const ends = concerning
          .filter(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to))
          .map(({ to }) => Date.parse(to));
        const policy = policyOf(...all);
        const found = freezeFor(policy, placeUnder(under), new Date(now));
        expect(found && Date.parse(found.to)).toBe(ends.length === 0 ? undefined : Math.max(...ends));

        const ahead = concerning.map(({ from }) => Date.parse(from)).filter((from) => from > now);
        const next = nextFreezeAt(policy, placeUnder(under), new Date(now));
        expect(next?.getTime()).toBe(ahead.length === 0 ? undefined : Math.min(...ahead));
        if (found) frozen += 1;
      }),
      { seed: 20261123, numRuns },
    );
    expect(frozen).toBeGreaterThan(numRuns / 5);
    expect(frozen).toBeLessThan(numRuns * 0.9);
  });

  it('none holds between now and the next, where none holds now', () => {
    void fc.assert(
      fc.property(freezes, unit, moment, moment, (all, under, now, later) => {
        fc.pre(later > now);
        const policy = policyOf(...all);
        const place = placeUnder(under);
        const next = nextFreezeAt(policy, place, new Date(now))?.getTime() ?? Number.POSITIVE_INFINITY;
        fc.pre(later < next && freezeFor(policy, place, new Date(now)) === undefined);
        expect(freezeFor(policy, place, new Date(later))).toBeUndefined();
      }),
      { seed: 20261123, numRuns: runsOf(200) },
    );
  });
});
