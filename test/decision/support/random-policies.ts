import fc from 'fast-check';
import type { CompiledPolicy, Level } from '../../../config/compiled';
import { accounts, testIdentity, testPolicy } from '../../support/findings';

/** Where the account may lie, the nearest unit first. */
export const paths = {
  deep: ['ou-test-teamteam', 'ou-test-division', 'r-root'],
  flat: ['ou-test-division', 'r-root'],
  root: ['r-root'],
};
const units = ['ou-test-teamteam', 'ou-test-division', 'r-root', 'ou-test-elsewher'];

/** The moment around which everything happens; worlds begin before it. */
export const noon = Date.parse('2026-11-23T12:00:00.000Z');
/** A time within two hours of it, on a whole minute. */
export const someTime = fc.integer({ min: -120, max: 120 }).map((minutes) => iso(minutes));
const iso = (minutes: number) => new Date(noon + minutes * 60_000).toISOString();

const flag = fc.constantFrom('off', 'approval', 'on', 'on', 'on');
const level = fc
  .record({ flag: fc.option(flag, { nil: undefined }), control: fc.option(flag, { nil: undefined }) })
  .map(
    ({ flag: said, control }): Level => ({
      ...(said && { flag: said }),
      source: 'policy.yaml:10',
      controls: control ? { [testIdentity.control]: { flag: control, source: 'policy.yaml:11' } } : {},
    }),
  );
const unitLevels = fc.dictionary(fc.constantFrom(...units), level, { maxKeys: 2 });

const exemption = fc
  .record({
    where: fc.constantFrom<object>(
      { account: accounts.on },
      { account: accounts.off },
      { organizationalUnit: 'ou-test-division' },
      { organizationalUnit: 'ou-test-elsewher' },
    ),
    resource: fc.constantFrom('sg-*', testIdentity.resourceId, 'sg-other*'),
    region: fc.constantFrom(undefined, 'eu-west-1', 'us-east-1'),
    until: someTime,
  })
  .map(({ where, region, resource, until }) => ({
    control: testIdentity.control,
    ...where,
    resource,
    ...(region && { region }),
    reason: 'r',
    owner: 'o',
    expires: until,
    until,
    source: 'policy.yaml:20',
  }));

const freeze = fc
  .record({
    from: fc.integer({ min: -120, max: 30 }),
    minutes: fc.integer({ min: 1, max: 180 }),
    where: fc.constantFrom<Partial<CompiledPolicy['freezes'][number]>>(
      {},
      { accounts: [accounts.on] },
      { organizationalUnits: ['ou-test-division'] },
      { organizationalUnits: ['ou-test-elsewher'] },
    ),
  })
  .map(({ from, minutes, where }) => ({
    id: '0123456789abcdef',
    from: iso(from),
    to: iso(from + minutes),
    fromSaid: iso(from),
    toSaid: iso(from + minutes),
    reason: 'A release.',
    organizationalUnits: [],
    accounts: [],
    source: 'policy.yaml:30',
    ...where,
  }));

/** Mostly none, so that what comes after it in the cascade is reached as well. */
const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Value[]>([]) },
    { weight: 1, arbitrary: fc.array(value, { minLength: 1, maxLength: 2 }) },
  );

/** Policies around one account, some of which cannot be resolved. */
export const policies: fc.Arbitrary<CompiledPolicy> = fc
  .record({
    default: flag,
    own: fc.option(level, { nil: undefined }),
    units: unitLevels,
    ambiguous: fc.constantFrom(true, ...Array<boolean>(8).fill(false)),
    regions: fc.constantFrom(...Array<string[]>(12).fill(['eu-west-1']), ['us-east-1']),
    exemptions: rarely(exemption),
    freezes: rarely(freeze),
    byTag: fc.constantFrom(undefined, 'ou-test-division', 'ou-test-elsewher'),
    maximumDays: fc.constantFrom(1, 30),
    account: fc.constantFrom(1, 2, 3, 20),
    organization: fc.constantFrom(1, 3, 100),
    failuresPerHour: fc.constantFrom(1, 2, 10),
    openFindings: fc.constantFrom(1, 1, 500),
    lossy: fc.constantFrom('wait', 'apply'),
  })
  .map((said): CompiledPolicy => {
    const { default: fallback, own, ambiguous, byTag, maximumDays, account, organization } = said;
    const { regions, exemptions, freezes, failuresPerHour, openFindings, lossy } = said;
    const root: Level = { flag: 'on', source: 'policy.yaml:12', controls: {} };
    return {
      ...testPolicy,
      regions,
      default: { flag: fallback, source: 'policy.yaml:9', controls: {} },
      accounts: own ? { [accounts.on]: own } : {},
      // The root by id and by path: nobody can tell on which of them somebody relies.
      organizationalUnits: { ...said.units, ...(ambiguous && { '/': root, 'r-root': root }) },
      exemptions,
      freezes,
      exemptionRules: {
        maximumDays: 365,
        ...(byTag && { byTag: { organizationalUnits: [byTag], maximumDays, source: 'policy.yaml:40' } }),
      },
      limits: { fixesPerHour: { account, organization }, failuresPerHour, openFindings, concurrency: 50 },
      lossy,
    };
  });
