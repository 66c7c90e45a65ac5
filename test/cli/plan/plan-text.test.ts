import pc from 'picocolors';
import { planJson } from '../../../cli/plan/plan-json';
import { planText } from '../../../cli/plan/plan-text';
import { namesOf } from '../../../ledger/organization/place-names';
import { treeOfStructure } from '../../../operator/organization/structure-tree';
import { policyPlan } from '../../../operator/plan/policy-plan';
import { isSound, type WholePlan } from '../../../operator/plan/whole-plan';
import { policyOf } from '../../config/support/policy';
import { bucketRecord, recordOf } from '../../operator/records';
import { accountIn, structureWith } from '../../operator/structures';

const colours = pc.createColors(false);
const next = policyOf(
  '  organizationalUnits: { /Sandbox: on, /Workloads: { controls: { s3-public-access: { parameters: { fix: lockdown } } } } }',
);
const structure = structureWith(accountIn('root', '777777777777', 'far\u001b[2J\naway'));

function plan(more: Partial<WholePlan> = {}): WholePlan {
  const targets = ['ou-abcd-sandbox0', 'ou-abcd-workload'];
  return {
    file: 'policy.yaml',
    problems: [],
    warnings: [],
    settings: ['lossy: wait → apply'],
    places: namesOf(treeOfStructure(structure, new Date(0))),
    judgedAgain: [
      { control: 's3-public-access', because: ['code'] },
      { control: 'security-group-open-ports', because: ['code', 'parameters'] },
    ],
    accounts: policyPlan({ next, targets, deployed: policyOf('  default: off') }, structure),
    findings: [
      {
        record: recordOf({ identity: { accountId: '444444444444' } }),
        becomes: 'fixed',
        why: 'The flag is on.',
      },
      {
        record: bucketRecord({ identity: { accountId: '444444444444' } }),
        becomes: 'waits',
        why: 'It is lossy.',
      },
    ],
    nameOf: ({ record }) => record.identity.resourceId,
    ...more,
  };
}

describe('a plan for people', () => {
  const text = planText(plan(), { all: false, colours });

  it('counts first, then lists what would start being fixed, then the rest', () => {
    expect(text.split('\n').slice(0, 5)).toEqual([
      '2 accounts would start being fixed, 1 would change otherwise, 0 would stay as they are.',
      '1 open finding would be fixed at once, 1 would wait.',
      '2 accounts under none of the targets are not watched.',
      'All accounts: --all.',
      '',
    ]);
    const headings = text
      .split('\n')
      .filter((line) => /^[A-Z]/.test(line))
      .slice(1);
    expect(headings).toEqual([
      'Accounts in which something would start being fixed',
      'Other changes',
      'For all accounts',
      'AWS Config judges everything again by',
      'Open findings that would be fixed at once, if the resource is still dangerous',
      'Open findings whose plan would wait',
    ]);
  });

  it('says by which controls everything is judged again, and why', () => {
    expect(text).toContain(
      [
        '  - s3-public-access: its code changed',
        '  - security-group-open-ports: its code and its parameters changed',
      ].join('\n'),
    );
  });

  it('says of each control what holds, what held, and which line decided', () => {
    expect(text).toContain(
      [
        '  444444444444  trial-one  /Sandbox',
        '    security-group-open-ports: off → on, by /Sandbox (policy.yaml:7)',
      ].join('\n'),
    );
    expect(text).toContain(
      '      with {"fix":"surgical"} → {"fix":"lockdown"}, by s3-public-access in /Workloads (policy.yaml:7)',
    );
  });

  it('lists all accounts where that is asked for, without what controls a terminal', () => {
    const all = planText(plan(), { all: true, colours });
    expect(all).toContain('777777777777  far away  /  (not watched)');
    expect(all).not.toContain('\u001b');
    expect(text).not.toContain('777777777777');
  });

  it('puts problems before everything, and is not sound then', () => {
    const problem = {
      key: '/Prd',
      source: 'policy.yaml:9',
      message: 'no such path.',
      stopsAllFixes: true as const,
    };
    const broken = plan({ problems: [problem] });
    expect(planText(broken, { all: false, colours })).toMatch(
      /^1 problem between policy.yaml and the organization:\n {2}\/Prd \(policy.yaml:9\): no such path\.\n.*nothing at all is fixed/,
    );
    expect(isSound(broken)).toBe(false);
    expect(isSound(plan())).toBe(true);
  });

  it('is not sound where an account cannot be resolved, and says so there', () => {
    const twice = policyOf('  accounts: { "333333333333": on, payments-prod: on }');
    const unresolved = plan({ accounts: policyPlan({ next: twice, targets: ['r-abcd'] }, structure) });
    expect(isSound(unresolved)).toBe(false);
    expect(planText(unresolved, { all: false, colours })).toContain(
      'security-group-open-ports: cannot be told, so nothing is fixed. The policy names the same twice',
    );
  });

  it('says why nothing could be compared', () => {
    expect(planText(plan({ nothingDeployed: 'Nothing is deployed yet.' }), { all: false, colours })).toMatch(
      /^Nothing is deployed yet\. Everything counts as a change\.\n/,
    );
  });
});

describe('the cost of a policy', () => {
  const unknown = { unknown: 'The policy names a path that means no unit.' };

  it('is told last, and only where somebody asked', () => {
    expect(planText(plan(), { all: false, colours })).not.toContain('What it costs');
    expect(planText(plan({ cost: unknown }), { all: false, colours })).toMatch(
      /\n\nWhat it costs\n {2}It cannot be told\. The policy names a path that means no unit\.$/,
    );
    expect(planJson(plan())).toMatchObject({ cost: undefined });
    expect(planJson(plan({ cost: unknown }))).toMatchObject({ cost: unknown });
  });
});

describe('a plan for programs', () => {
  it('has everything', () => {
    const json = JSON.parse(JSON.stringify(planJson(plan())));
    expect(json).toMatchObject({
      compared: true,
      counts: { starts: 2, changes: 1, stays: 0, unwatched: 2, findingsFixed: 1, findingsWaiting: 1 },
      findings: [{ becomes: 'fixed', state: 'reported' }, { becomes: 'waits' }],
    });
    expect(json.accounts).toHaveLength(5);
    expect(json.accounts[0]).toMatchObject({
      id: '444444444444',
      path: '/Sandbox',
      difference: 'starts',
      controls: {
        's3-public-access': { flag: 'on', decidedBy: '/Sandbox (policy.yaml:7)', now: { flag: 'off' } },
      },
    });
  });
});
