import fc from 'fast-check';
import type { PlannedCoverage } from '../../../config/planned-coverage';
import { accountsAtOnce, plannedSteps } from '../../../hub-functions/reconcile/planned-steps';
import type { StackInstance } from '../../../hub-functions/reconcile/stack-instance';

const first = '333333333333';
const second = '444444444444';

const account = (more: Partial<PlannedCoverage> = {}): PlannedCoverage => ({
  ...{ accountId: first, name: 'one', state: 'covered', recorder: 'own', remediation: true, pilot: false },
  ...more,
});

const instance = (more: Partial<StackInstance> = {}): StackInstance => ({
  ...{
    stackSet: 'staunch-rules',
    kind: 'rules',
    pilot: false,
    placedOtherwise: false,
    accountId: first,
    region: 'eu-west-1',
  },
  ...{ unitId: 'ou-abcd-11111111', state: 'current', reason: '' },
  ...more,
});

describe('what a reconcile does', () => {
  it('leaves what is as it should be', () => {
    expect(plannedSteps([account()], [instance()])).toEqual({ steps: [], failed: [] });
  });

  it.each(['excluded', 'outside'] as const)('removes the stacks of an account that is %s', (state) => {
    const { steps } = plannedSteps(
      [account({ state })],
      [instance({ region: 'us-east-1', state: 'failed' }), instance()],
    );
    expect(steps).toEqual([
      {
        what: 'remove',
        stackSet: 'staunch-rules',
        accountIds: [first],
        unitIds: ['ou-abcd-11111111'],
        regions: ['eu-west-1', 'us-east-1'],
      },
    ]);
  });

  it('tries the deletion of an inoperable stack again where it should be gone, leaves it where it should be there, and tells both', () => {
    const inoperable = instance({ state: 'inoperable', reason: 'DELETE_FAILED' });
    const told = [
      {
        ...{ stackSet: 'staunch-rules', accountId: first, region: 'eu-west-1', reason: 'DELETE_FAILED' },
        inoperableIn: 'ou-abcd-11111111',
      },
    ];
    expect(plannedSteps([account()], [inoperable])).toEqual({ steps: [], failed: told });
    expect(plannedSteps([account({ state: 'excluded' })], [inoperable])).toMatchObject({
      steps: [{ what: 'remove', accountIds: [first] }],
      failed: told,
    });
  });

  it("removes Staunch's recorder where another one stands, and the rules where there is none", () => {
    const recorder = instance({ stackSet: 'staunch-recorder', kind: 'recorder' });
    const removedFor = (mode: PlannedCoverage['recorder']) =>
      plannedSteps([account({ recorder: mode })], [recorder, instance()]).steps.map(
        ({ stackSet }) => stackSet,
      );
    expect(removedFor('own')).toEqual([]);
    expect(removedFor('existing')).toEqual(['staunch-recorder']);
    expect(removedFor('none')).toEqual(['staunch-recorder', 'staunch-rules']);
  });

  it('leaves the role that fixes in a covered account, also where nothing may be fixed any more', () => {
    const role = instance({ stackSet: 'staunch-remediation', kind: 'remediation' });
    expect(plannedSteps([account({ remediation: false })], [role]).steps).toEqual([]);
    expect(plannedSteps([account({ state: 'excluded' })], [role]).steps).toHaveLength(1);
  });

  it('tries again what failed, and tells it with the reason', () => {
    const reason = 'A configuration recorder exists already.';
    expect(plannedSteps([account()], [instance({ state: 'failed', reason })])).toEqual({
      steps: [expect.objectContaining({ what: 'retry', accountIds: [first], regions: ['eu-west-1'] })],
      failed: [{ stackSet: 'staunch-rules', accountId: first, region: 'eu-west-1', reason }],
    });
  });

  it.each<[string, PlannedCoverage[], StackInstance]>([
    ['an account that the organization does not have', [], instance({ state: 'failed' })],
    ['a suspended account', [account({ state: 'suspended' })], instance({ state: 'failed' })],
    ['what AWS skips', [account({ state: 'excluded' })], instance({ state: 'suspended' })],
    ['what an operation works on', [account({ state: 'excluded' })], instance({ state: 'running' })],
    [
      'an account about which the policy cannot be resolved',
      [account({ recorder: 'none', unresolved: 'Which Prod?' })],
      instance(),
    ],
  ])('changes nothing of %s', (_what, plan, one) => {
    expect(plannedSteps(plan, [one])).toEqual({ steps: [], failed: [] });
  });

  it('asks for no pair of account and Region that did not need it', () => {
    const { steps } = plannedSteps(
      [account(), account({ accountId: second })],
      [instance({ state: 'failed' }), instance({ accountId: second, region: 'us-east-1', state: 'failed' })],
    );
    expect(steps.map(({ accountIds, regions }) => [accountIds, regions])).toEqual([
      [[first], ['eu-west-1']],
      [[second], ['us-east-1']],
    ]);
  });

  it("removes what is the rest's in an account of the pilot, once the pilot's is there", () => {
    const pilots = instance({ stackSet: 'staunch-rules-pilot', pilot: true, state: 'failed' });
    const plan = [account({ pilot: true })];
    expect(plannedSteps(plan, [instance()]).steps).toEqual([]);
    expect(
      plannedSteps(plan, [instance(), pilots]).steps.map(({ what, stackSet }) => [what, stackSet]),
    ).toEqual([
      ['remove', 'staunch-rules'],
      ['retry', 'staunch-rules-pilot'],
    ]);
  });

  it('takes only so many accounts at once', () => {
    const ids = Array.from({ length: accountsAtOnce + 1 }, (_, index) => String(100_000_000_000 + index));
    const plan = ids.map((accountId) => account({ accountId, state: 'excluded' }));
    const { steps } = plannedSteps(
      plan,
      ids.map((accountId) => instance({ accountId })),
    );
    expect(steps.map(({ accountIds }) => accountIds.length)).toEqual([accountsAtOnce, 1]);
  });

  it('removes nothing that another policy placed, and tries it again where it failed', () => {
    const some = (state: StackInstance['state']) =>
      plannedSteps([account({ state: 'excluded' })], [instance({ placedOtherwise: true, state })]).steps;
    expect(some('current')).toEqual([]);
    expect(some('failed')).toMatchObject([{ what: 'retry' }]);
  });

  it('comes to rest: what it did is not done again', () => {
    const kinds = fc.constantFrom('access', 'remediation', 'trail', 'recorder', 'rules');
    const accountIds = fc.constantFrom(first, second);
    const instances = fc.uniqueArray(
      fc.record({
        kind: kinds,
        accountId: accountIds,
        region: fc.constantFrom('eu-west-1', 'us-east-1'),
        state: fc.constantFrom('current', 'failed', 'running', 'suspended'),
      }),
      { selector: ({ kind, accountId, region }) => `${kind} ${accountId} ${region}` },
    );
    const plans = fc.uniqueArray(
      fc.record({
        accountId: accountIds,
        state: fc.constantFrom('covered', 'excluded', 'outside', 'suspended'),
        recorder: fc.constantFrom('own', 'existing', 'none'),
      }),
      { selector: ({ accountId }) => accountId },
    );
    fc.assert(
      fc.property(plans, instances, (somePlan, some) => {
        const plan = somePlan.map((more) => account(more));
        const before = some.map((more) => instance({ ...more, stackSet: `staunch-${more.kind}` }));
        const { steps } = plannedSteps(plan, before);
        const stepOf = ({ stackSet, accountId, region }: StackInstance) =>
          steps.find(
            (step) =>
              step.stackSet === stackSet &&
              step.accountIds.includes(accountId) &&
              step.regions.includes(region),
          )?.what;
        const after = before
          .filter((one) => stepOf(one) !== 'remove')
          .map((one) => (stepOf(one) === 'retry' ? { ...one, state: 'current' as const } : one));
        expect(plannedSteps(plan, after).steps).toEqual([]);
      }),
      { seed: 14 },
    );
  });
});
