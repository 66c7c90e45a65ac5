import fc from 'fast-check';
import { exemptionFor } from '../../config/exemption';
import type { AccountPlace } from '../../config/place';
import { resolve } from '../../config/resolve';
import { UnresolvedPolicyError } from '../../config/unresolved';
import { runsOf } from '../support/property-runs';
import { placeUnder, policyWith, readAt, type UnitName } from './support/policy';

/** Keys by which the policy may name something, in its accounts and in its units; some of them mean the same. */
const accountKeys = ['"333333333333"', 'payments-prod', '"444444444444"', 'other'] as const;
const unitKeys = [
  'ou-abcd-workload',
  '/Workloads',
  'ou-abcd-workprod',
  '/Workloads/Prod',
  'ou-abcd-sandbox0',
  '/Sandbox',
  'ou-abcd-nowhere0',
  '/Nowhere',
] as const;
const buckets = 's3-public-access';

const flag = fc.constantFrom('off', 'approval', 'on');
const says = fc.oneof(
  flag,
  fc
    .tuple(flag, flag, fc.constantFrom(buckets, 'security-group-open-ports'))
    .map(([own, forControl, control]) => `{ flag: ${own}, controls: { ${control}: ${forControl} } }`),
  fc
    .tuple(fc.constantFrom('surgical', 'lockdown'))
    .map(([fix]) => `{ controls: { ${buckets}: { parameters: { fix: ${fix} } } } }`),
);
const entries = (keys: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...keys), says, { maxKeys: keys.length, noNullPrototype: true });
const exempt = fc.record({
  who: fc.oneof(
    fc.constantFrom(...accountKeys).map((key) => `account: ${key}`),
    fc.constantFrom(...unitKeys, '/').map((key) => `organizationalUnit: ${key}`),
  ),
  resource: fc.constantFrom('photos', 'pho*', 'invoices'),
});

interface Lines {
  default: string;
  units: Record<string, string>;
  accounts: Record<string, string>;
  exemptions: readonly { who: string; resource: string }[];
}
const lines: fc.Arbitrary<Lines> = fc.record({
  default: says,
  units: entries(unitKeys),
  accounts: entries(accountKeys),
  exemptions: fc.uniqueArray(exempt, { maxLength: 3, selector: ({ who, resource }) => who + resource }),
});

/** A line that speaks neither of the account 333333333333, payments-prod, nor of what it lies under. */
const unrelated = fc.oneof(
  fc.tuple(fc.constant('accounts' as const), fc.constantFrom('"555555555555"', 'somebody-else'), says),
  fc.tuple(
    fc.constant('units' as const),
    fc.constantFrom('/Elsewhere', '/Workloads/Elsewhere', 'ou-abcd-elsewher'),
    says,
  ),
  fc.tuple(
    fc.constant('exemptions' as const),
    fc.constantFrom('account: "555555555555"', 'account: somebody-else', 'organizationalUnit: /Elsewhere'),
    fc.constantFrom('photos', '*'),
  ),
);

function text({ default: fallback, units, accounts, exemptions }: Lines): string {
  const section = (values: Record<string, string>) =>
    Object.entries(values)
      .map(([key, value]) => `    ${key}: ${value}\n`)
      .join('');
  const exempted = exemptions.map(
    ({ who, resource }) =>
      `  - { control: ${buckets}, ${who}, resource: "${resource}", reason: r, owner: o, expires: 2027-01-01 }\n`,
  );
  return `autoResponse:
  default: ${fallback}
  organizationalUnits:
${section(units)}  accounts:
${section(accounts)}exemptions:
${exempted.join('')}`;
}

function withLine(said: Lines, [where, key, value]: [keyof Lines, string, string]): Lines {
  if (where === 'exemptions') {
    return { ...said, exemptions: [...said.exemptions, { who: key, resource: value }] };
  }
  return where === 'units'
    ? { ...said, units: { ...said.units, [key]: value } }
    : { ...said, accounts: { ...said.accounts, [key]: value } };
}

/** All that is decided of the account, lines of the file left out. */
function decision(said: Lines, place: AccountPlace): string {
  const policy = policyWith(text(said));
  const subject = { controlId: buckets, region: 'eu-west-1', resourceId: 'photos' };
  try {
    const decided = [resolve(policy, place, buckets), exemptionFor(policy, place, subject, readAt)];
    return JSON.stringify(decided).replace(/policy\.yaml:\d+/g, 'policy.yaml');
  } catch (error) {
    if (error instanceof UnresolvedPolicyError)
      return error.message.replace(/policy\.yaml:\d+/g, 'policy.yaml');
    throw error;
  }
}

describe('a line about somebody else', () => {
  it("never changes an account's decision", () => {
    const unit = fc.constantFrom<UnitName>('root', 'Workloads', 'Prod', 'Cell', 'Sandbox', 'SandboxProd');
    const sameName = fc.constantFrom(1, 1, 1, 2);
    const numRuns = runsOf(1_000);
    const seen = new Set<string>();
    void fc.assert(
      fc.property(lines, unrelated, unit, sameName, (said, line, under, carriers) => {
        const place = placeUnder(under, { sameName: carriers });
        const before = decision(said, place);
        seen.add(before);
        expect(decision(withLine(said, line), place)).toBe(before);
      }),
      { seed: 20261123, numRuns },
    );
    // The cases are of all kinds: decided in many ways, exempt, and not to be told.
    expect(seen.size).toBeGreaterThan(numRuns / 5);
    expect([...seen].filter((text) => !text.startsWith('[')).length).toBeGreaterThan(2);
    expect([...seen].filter((text) => text.includes('"owner"')).length).toBeGreaterThan(numRuns / 50);
  });
});
