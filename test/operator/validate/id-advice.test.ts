import pc from 'picocolors';
import { planJson } from '../../../cli/plan/plan-json';
import { planText } from '../../../cli/plan/plan-text';
import { noNames } from '../../../ledger/organization/place-names';
import { isSound, type WholePlan } from '../../../operator/plan/whole-plan';
import { idAdvice } from '../../../operator/validate/id-advice';
import { policyWith } from '../../config/support/policy';
import { structureWith } from '../structures';

const exemption = (who: string) =>
  `exemptions: [{ control: s3-public-access, ${who}, resource: photos, reason: r, owner: o, expires: 2027-01-01 }]`;
const renamed = 'after a rename nothing is fixed there until you correct the line';

describe('advice to write ids', () => {
  it.each([
    ['an account by id', 'autoResponse: { accounts: { "333333333333": on } }'],
    ['a unit by id', exemption('organizationalUnit: ou-abcd-workprod')],
    ['the root by path', 'autoResponse: { organizationalUnits: { /: on } }'],
    ['nobody', 'lossy: wait'],
  ])('is not given where the policy names %s', (_what, sections) => {
    expect(idAdvice(policyWith(sections))).toBeUndefined();
  });

  it.each([
    ['a flag of an account', 'autoResponse: { accounts: { legacy: on } }', 'legacy (policy.yaml:6)'],
    [
      'a flag of a unit',
      'autoResponse: { organizationalUnits: { /Sandbox: on } }',
      '/Sandbox (policy.yaml:6)',
    ],
    ['an exemption', exemption('account: legacy'), 'legacy (policy.yaml:6)'],
    [
      'a freeze',
      'freezes: [{ from: 2026-12-01, to: 2026-12-02, reason: r, organizationalUnits: [/Sandbox] }]',
      '/Sandbox (policy.yaml:6)',
    ],
    [
      'a tag rule',
      'exemptionRules: { byTag: { organizationalUnits: [/Sandbox], maximumDays: 3 } }',
      '/Sandbox (policy.yaml:6)',
    ],
    [
      'two lines, the first of which is named',
      `autoResponse: { accounts: { legacy: on } }\n${exemption('account: legacy')}`,
      'legacy (policy.yaml:6)',
    ],
  ])('is given for %s', (_what, sections, named) => {
    expect(idAdvice(policyWith(sections))).toBe(
      `Advice: write ids in place of names and paths; ${renamed}: ${named}.`,
    );
  });

  it('is one line, also for many names', () => {
    const accounts = Array.from({ length: 9 }, (_, index) => `    account-${index}: on`).join('\n');

    expect(idAdvice(policyWith(`autoResponse:\n  accounts:\n${accounts}`))).toMatch(
      /^Advice: .*: account-0 \(.*\), .*account-4 \(policy\.yaml:12\) and 4 more\.$/,
    );
  });

  it('says the ids where the organization is known', () => {
    const structure = structureWith();
    const policy = policyWith(
      'autoResponse: { accounts: { payments-prod: on, nobody: on }, organizationalUnits: { /Sandbox: on } }',
    );

    expect(idAdvice(policy, structure)).toBe(
      `Advice: write ids in place of names and paths; ${renamed}: payments-prod (policy.yaml:6) is 333333333333, nobody (policy.yaml:6), /Sandbox (policy.yaml:6) is ou-abcd-sandbox0.`,
    );
  });

  it('stands at the end of a plan, and makes it no worse', () => {
    const plan: WholePlan = {
      file: 'policy.yaml',
      problems: [],
      warnings: [],
      advice: 'Advice: write ids.',
      settings: [],
      judgedAgain: [],
      accounts: [],
      findings: [],
      places: noNames,
      nameOf: () => '',
    };

    expect(planText(plan, { all: false, colours: pc.createColors(false) })).toMatch(
      /\n\nAdvice: write ids\.$/,
    );
    expect(planJson(plan)).toMatchObject({ advice: 'Advice: write ids.' });
    expect(isSound(plan)).toBe(true);
  });
});
