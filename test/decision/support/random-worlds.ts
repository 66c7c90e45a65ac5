import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { CompiledPolicy } from '../../../config/compiled';
import type { FindingIdentity } from '../../../core/finding';
import { isOpen } from '../../../core/states';
import { UnresolvedRulingError } from '../../../hub-functions/coordinator/intake/closed-findings';
import { UnusableMessageError } from '../../../hub-functions/coordinator/intake/hint';
import { failedResult } from '../../../hub-functions/coordinator/member/remediation-result';
import type { Stop } from '../../../ledger/limits/stop';
import type { MemberRole } from '../../../ledger/limits/waits-for';
import { waitsForAccount } from '../../../ledger/limits/waits-for';
import { maximumTries } from '../../../ledger/transitions/maximum-tries';
import { World } from '../../hub-functions/coordinator/world';
import { accounts, testIdentity, testPlan, testPolicy } from '../../support/findings';
import { noon, paths, policies, someTime } from './random-policies';

const other = (accountId: string, resourceId: string): FindingIdentity => ({
  ...testIdentity,
  accountId,
  resourceId,
});
const plans = { plain: testPlan, lossy: { ...testPlan, lossy: true, losses: ['HTTPS goes too.'] } };

/** Something that happened before; what cannot happen as things are is left out. */
type Event =
  | { what: 'found'; lossy: boolean; tag: string | undefined }
  | { what: 'found elsewhere'; accountId: string; resourceId: string; stays: boolean }
  | { what: 'found, and the fix fails' | 'closed by its owner' }
  | { what: 'approved' | 'denied' }
  | { what: 'undone'; until: string }
  | { what: 'died looking' | 'died fixing'; times: number }
  | { what: 'a look failed' | 'swept' | 'retried' | 'bus down' }
  | { what: 'unreachable'; role: MemberRole };

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('found' as const),
      lossy: fc.constantFrom(false, false, true),
      tag: fc.constantFrom(undefined, undefined, '2026-11-30', '2026-11-01', 'soon'),
    }),
  },
  fc.record({
    what: fc.constant('found elsewhere' as const),
    accountId: fc.constantFrom(accounts.on, accounts.on, accounts.off),
    resourceId: fc.constantFrom('sg-00000000000000001', 'sg-00000000000000002'),
    stays: fc.boolean(),
  }),
  fc.record({ what: fc.constantFrom('found, and the fix fails' as const, 'closed by its owner' as const) }),
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('approved' as const, 'denied' as const) }) },
  fc.record({ what: fc.constant('undone' as const), until: someTime }),
  fc.record({
    what: fc.constantFrom('died looking' as const, 'died fixing' as const),
    times: fc.constantFrom(1, 1, 1, maximumTries),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom(
        'a look failed' as const,
        'swept' as const,
        'retried' as const,
        'bus down' as const,
      ),
    }),
  },
  fc.record({
    what: fc.constant('unreachable' as const),
    role: fc.constantFrom<MemberRole>('read', 'remediation', 'remediation'),
  }),
);

const stop = fc
  .record({
    scope: fc.constantFrom('organization', 'ou-test-division', 'ou-test-elsewher', accounts.on, accounts.off),
    until: fc.option(someTime, { nil: undefined }),
  })
  .map(
    ({ scope, until }): Stop => ({
      scope,
      reason: 'An incident.',
      by: 'ada',
      at: new Date(noon - 3_600_000).toISOString(),
      ...(until && { until }),
    }),
  );

/** Where something happened, and by which policy. */
export interface RandomWorld {
  policy: CompiledPolicy;
  /** By what policy something happened, and how many minutes later the next thing does. */
  history: { event: Event; policy: CompiledPolicy | undefined; minutes: number }[];
  path: keyof typeof paths;
  stops: Stop[];
  missing: boolean;
  /** The id of what lost its name. */
  lost: string | undefined;
}

/** Worlds around one resource, in which something happened within the last hours. */
export const randomWorlds: fc.Arbitrary<RandomWorld> = fc.record({
  policy: policies,
  history: fc.array(
    fc.record({
      event,
      // Where no other one held, a policy under which everything is fixed.
      policy: fc.option(policies, { nil: undefined, freq: 2 }),
      minutes: fc.constantFrom(0, 0, 1, 1, 3, 10, 61),
    }),
    { maxLength: 6 },
  ),
  path: fc.constantFrom<keyof typeof paths>('deep', 'flat', 'root'),
  stops: fc.oneof(
    { weight: 4, arbitrary: fc.constant<Stop[]>([]) },
    { weight: 1, arbitrary: fc.array(stop, { maxLength: 2 }) },
  ),
  missing: fc.constantFrom(true, ...Array<boolean>(12).fill(false)),
  lost: fc.constantFrom(...Array<undefined>(8).fill(undefined), 'ou-test-division', 'ou-test-elsewher'),
});

const generous: CompiledPolicy = {
  ...testPolicy,
  default: { flag: 'on', source: 'policy.yaml:9', controls: {} },
};

/** Nothing is fixed: what is found stays open. */
const testPolicyOff: CompiledPolicy = { ...testPolicy, accounts: {} };

/** A world with that history, at the moment in which the resource is dangerous, and somebody says so. */
export async function lived({ policy, history, path, stops, missing, lost }: RandomWorld): Promise<World> {
  const { world } = World.inMemory();
  const { unreachableAccounts, stopSwitch } = world.parts();
  world.path = paths[path].map((id) => ({ id }));
  world.clock.advance({ minutes: 60 });
  const plain = { plan: plans.plain, tag: undefined as string | undefined };
  let resource = plain;
  /** As a look saw it last. */
  let seen: typeof plain | undefined;
  world.remediate = async (assignment) => {
    const { mode, identity } = assignment;
    const { accountId } = identity;
    const of = { accountId, role: 'read' as const };
    const refusal = mode === 'plan' && (await unreachableAccounts.refusal(of, world.clock.now()));
    if (refusal) {
      const { reason, errorCode } = refusal;
      return { ...failedResult(reason, errorCode), unreachable: waitsForAccount(accountId, 'read') };
    }
    const { plan, ...answer } = world.play(assignment);
    const { plan: own, tag } = resource;
    if (mode === 'plan' && plan && isDeepStrictEqual(identity, testIdentity)) seen = resource;
    return { ...answer, ...(plan && { plan: own }), ...(tag !== undefined && { exemptUntil: tag }) };
  };
  for (const { event: happened, policy: held = generous, minutes } of history) {
    world.policy = held;
    if (happened.what === 'found') {
      resource = { plan: happened.lossy ? plans.lossy : plans.plain, tag: happened.tag };
    }
    const before = await world.latest();
    await happen(world, happened);
    // What is dangerous again is another occurrence: of that nothing was seen yet.
    const after = await world.latest();
    if (!after || (!isOpen(after.state) && before?.version !== after.version)) seen = undefined;
    world.clock.advance({ minutes });
  }
  for (const each of stops) await stopSwitch.stop(each);
  const record = await world.latest();
  // It is as it was seen last, and not as the record has it; of what was closed, what explain takes it for is that.
  const { plan, exemptUntil } = record ?? {};
  const closed = { plan: plan?.lossy ? plans.lossy : plans.plain, tag: exemptUntil };
  resource = record && isOpen(record.state) ? (seen ?? plain) : closed;
  world.open = true;
  world.policy = policy;
  world.missing = missing ? [{ key: '/Prd', source: 'policy.yaml:9' }] : [];
  world.lost =
    lost === undefined
      ? []
      : [{ kind: 'unit', key: '/Division', source: 'policy.yaml:8', id: lost, bearers: [] }];
  return world;
}

async function happen(world: World, happened: Event): Promise<void> {
  const record = await world.latest();
  const finding = { finding: testIdentity, occurrence: record?.occurrence ?? 1 };
  const receive = (identity = testIdentity) =>
    world.receive(identity).catch((error: unknown) => {
      // Its message ends in the dead-letter queue, or comes back: nothing is recorded.
      if (!(error instanceof UnusableMessageError || error instanceof UnresolvedRulingError)) throw error;
    });
  world.open = true;
  switch (happened.what) {
    case 'found':
      return receive();
    case 'found elsewhere':
      if (happened.stays) world.policy = testPolicyOff;
      return receive(other(happened.accountId, happened.resourceId));
    case 'found, and the fix fails': {
      const { remediate } = world;
      world.remediate = async (assignment) =>
        assignment.mode === 'apply' ? failedResult('AWS refused it.', 'Throttling') : remediate(assignment);
      await receive();
      world.remediate = remediate;
      return;
    }
    case 'closed by its owner':
      world.open = false;
      return receive();
    case 'approved':
    case 'denied': {
      const order = happened.what === 'approved' ? 'approve' : 'deny';
      const said = { version: 1, order, ...finding, plan: record?.planDigest ?? '', by: 'ada' };
      await world.order({ ...said, ...(order === 'deny' && { reason: 'Ours.' }) });
      return;
    }
    case 'undone': {
      if (!record || isOpen(record.state) || happened.until <= world.clock.now().toISOString()) return;
      const { until } = happened;
      await world.order({ version: 1, order: 'undo', ...finding, reason: 'Needed.', until, by: 'ada' });
      return;
    }
    case 'died looking':
    case 'died fixing': {
      const { remediate } = world;
      world.remediate = async (assignment) => {
        if (happened.what === 'died looking' || assignment.mode === 'apply') {
          throw new Error('The process died.');
        }
        return remediate(assignment);
      };
      for (let died = 0; died < happened.times; died += 1) {
        await world.receive().catch(() => undefined);
        world.clock.advance({ minutes: 10 });
      }
      world.remediate = remediate;
      return;
    }
    case 'a look failed': {
      const { remediate } = world;
      world.remediate = async () => failedResult('AWS throttled it.', 'Throttling');
      await receive();
      world.remediate = remediate;
      return;
    }
    case 'bus down':
      world.busDown = true;
      await receive();
      world.busDown = false;
      return;
    case 'swept':
      await world.sweep();
      return;
    case 'retried':
      await world.order({ version: 1, order: 'retry', ...finding, by: 'ada' });
      return;
    case 'unreachable': {
      const refusal = { reason: 'The role cannot be assumed.', errorCode: 'AccessDenied' };
      const of = { accountId: testIdentity.accountId, role: happened.role };
      await world.parts().unreachableAccounts.remember(of, refusal, world.clock.now());
    }
  }
}
