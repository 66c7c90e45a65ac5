import type { Opener } from '../../../../core/opener';
import { UnusableMessageError } from '../../../../hub-functions/coordinator/intake/hint';
import {
  accounts,
  answer,
  messageFor,
  testControl,
  testIdentity,
  testPolicy,
} from '../../../support/findings';
import { authorizeEvent, lookMessage, trailEvent } from '../../../support/trail-events';
import { World } from '../world';

const plenty = () => 180_000;
const maria = `arn:aws:iam::${accounts.on}:user/maria`;

/** A world some seconds after the call of the events, whose group is open. */
function newWorld(secondsAfterCall = 3): World {
  const { world } = World.inMemory();
  world.clock.advance({ seconds: secondsAfterCall });
  return world;
}

const receive = (world: World, body: string) => world.coordinator().receive(body, plenty);
const states = (world: World) => world.reports.map(({ state }) => state);

describe('a look that the patrol asks for', () => {
  it('records, fixes and reports what is dangerous, with one look before the fix', async () => {
    const world = newWorld();
    await receive(world, lookMessage(testIdentity));
    expect(world.modes).toEqual(['plan', 'apply']);
    expect(await world.latest()).toMatchObject({ state: 'fixed', occurrence: 1, detector: 'patrol' });
    expect(world.reports).toMatchObject([{ state: 'fixed', detector: 'patrol' }]);
  });

  it.each([false, undefined])('leaves nothing where the resource complies or is gone', async (open) => {
    const world = newWorld();
    world.open = open;
    await receive(world, lookMessage(testIdentity));
    expect(world.modes).toEqual(['plan']);
    expect(await world.latest()).toBeUndefined();
    expect(world.reports).toEqual([]);
  });

  it.each(['failed', 'refused'] as const)('records what it %s to read, and looks once', async (outcome) => {
    const world = newWorld();
    world.remediate = async () => answer(outcome, { reason: 'EC2 says no.' });
    await receive(world, lookMessage(testIdentity));
    expect(world.modes).toEqual(['plan']);
    expect(await world.latest()).toMatchObject({ detector: 'patrol', reason: 'EC2 says no.' });
  });

  it('comes back where nobody can tell by which parameters the resource complies', async () => {
    const world = newWorld();
    world.open = false;
    world.untold = [testIdentity.accountId];
    await expect(receive(world, lookMessage(testIdentity))).rejects.toThrow(/cannot be told/);
    expect(await world.latest()).toBeUndefined();
  });

  it("opens no second finding where a rule's was opened, and fixed, during the look", async () => {
    const world = newWorld();
    let isFirst = true;
    world.remediate = async (assignment) => {
      const seen = await world.play(assignment);
      if (isFirst) {
        isFirst = false;
        await receive(world, messageFor(testIdentity));
      }
      return seen;
    };
    await receive(world, lookMessage(testIdentity));
    expect(await world.savedStates.lastOccurrence(testIdentity)).toBe(1);
    expect(await world.latest()).toMatchObject({ state: 'fixed', occurrence: 1, detector: 'rule' });
    expect(states(world)).toEqual(['fixed']);
  });

  it('costs an account that has no place for open findings no look', async () => {
    const world = newWorld();
    world.policy = { ...testPolicy, limits: { ...testPolicy.limits, openFindings: 0 } };
    await receive(world, lookMessage(testIdentity));
    expect(world.modes).toEqual([]);
    expect(await world.latest()).toMatchObject({ state: 'held', heldBy: 'places', detector: 'patrol' });
  });
});

describe('a call that CloudTrail recorded', () => {
  it('has what it opened fixed, and tells who opened it', async () => {
    const world = newWorld();
    await receive(world, authorizeEvent(testIdentity));
    const opened: Opener = {
      principal: maria,
      kind: 'user',
      sourceAddress: '192.0.2.17',
      at: '2026-11-23T10:00:00.000Z',
      tool: 'command line',
    };
    expect(await world.latest()).toMatchObject({ state: 'fixed', detector: 'trail', opened });
    expect(world.reports).toMatchObject([{ state: 'fixed', detector: 'trail', opened }]);
  });

  it.each([
    ['shows itself that it opened nothing', { cidr: '10.0.0.0/8' }],
    ['failed', { errorCode: 'Client.UnauthorizedOperation' }],
    ['opens nothing', { eventName: 'RevokeSecurityGroupIngress' }],
    ['is of a service that is not watched', { eventSource: 'iam.amazonaws.com' }],
    [
      "was made by one of Staunch's own roles",
      {
        userIdentity: {
          type: 'AssumedRole',
          arn: `arn:aws:sts::${accounts.on}:assumed-role/staunch-remediation/x`,
          sessionContext: {
            sessionIssuer: { arn: `arn:aws:iam::${accounts.on}:role/staunch/staunch-remediation` },
          },
        },
      },
    ],
  ])('starts nothing where it %s', async (_why, more) => {
    const world = newWorld();
    await receive(world, authorizeEvent(testIdentity, more));
    expect(world.modes).toEqual([]);
    expect(await world.latest()).toBeUndefined();
  });

  it("is not taken for Staunch's own because a role of another account or path has its name", async () => {
    const world = newWorld();
    const arn = `arn:aws:iam::${accounts.on}:role/staunch-remediation`;
    const userIdentity = { type: 'AssumedRole', arn, sessionContext: { sessionIssuer: { arn } } };
    await receive(world, authorizeEvent(testIdentity, { userIdentity }));
    expect(world.modes).toEqual(['plan', 'apply']);
  });

  it('leads to a look by every control of the type, and one that fails keeps none from its look', async () => {
    const world = newWorld();
    const other = { ...testControl, id: 'security-group-wide-open' };
    world.controls = [testControl, other];
    world.policy = { ...testPolicy, parameterDefaults: { [testControl.id]: {}, [other.id]: {} } };
    world.remediate = async (assignment) => {
      if (assignment.identity.control === testControl.id) throw new Error('Lambda is down');
      return world.play(assignment);
    };
    await expect(receive(world, authorizeEvent(testIdentity))).rejects.toThrow('Lambda is down');
    expect(await world.latest({ ...testIdentity, control: other.id })).toMatchObject({ state: 'fixed' });
  });

  it('that may have opened any resource of a type in the Region asks for a patrol there', async () => {
    const world = newWorld();
    const event = { eventSource: 'ec2.amazonaws.com', eventName: 'RestoreManagedPrefixListVersion' };
    await receive(world, trailEvent(testIdentity, event));
    expect(world.patrols).toEqual([[accounts.on, 'eu-west-1', 'AWS::EC2::SecurityGroup']]);
    expect(world.trailsSeen).toEqual([{ accountId: accounts.on, region: 'eu-west-1' }]);
    expect(world.modes).toEqual([]);
  });

  it('that may have opened any bucket of an account asks for a patrol in every Region', async () => {
    const world = newWorld();
    world.policy = { ...testPolicy, regions: ['eu-west-1', 'eu-central-1'] };
    const event = { eventSource: 's3.amazonaws.com', eventName: 'DeleteAccountPublicAccessBlock' };
    await receive(world, trailEvent({ ...testIdentity, region: 'us-east-1' }, event));
    expect(world.patrols).toEqual([
      [accounts.on, 'eu-west-1', 'AWS::S3::Bucket'],
      [accounts.on, 'eu-central-1', 'AWS::S3::Bucket'],
    ]);
  });

  it('is refused from a Region that the policy does not watch', async () => {
    const world = newWorld();
    const elsewhere = { ...testIdentity, region: 'us-east-1' };
    await expect(receive(world, authorizeEvent(elsewhere))).rejects.toThrow(UnusableMessageError);
    expect(world.modes).toEqual([]);
  });
});

describe('the stack that made a resource', () => {
  it('is kept of the look, also once the resource is fixed, and reported', async () => {
    const world = newWorld();
    world.remediate = async (assignment) => {
      const result = world.play(assignment);
      return assignment.mode === 'plan' ? { ...result, stack: 'web' } : result;
    };
    await receive(world, lookMessage(testIdentity));
    expect(await world.latest()).toMatchObject({ state: 'fixed', stack: 'web' });
    expect(world.reports).toMatchObject([{ state: 'fixed', stack: 'web' }]);
  });

  it('is cut, whatever a remediation function answers', async () => {
    const world = newWorld();
    world.remediate = async () => answer('refused', { stack: 'x'.repeat(100_000) });
    await receive(world, lookMessage(testIdentity));
    expect((await world.latest())?.stack).toHaveLength(128);
  });
});

describe("CloudTrail's event and AWS Config's item about one change", () => {
  const item = messageFor(testIdentity);
  const event = authorizeEvent(testIdentity);

  it.each([
    ['on', ['fixed']],
    ['approval', ['waiting']],
    ['off', ['reported']],
  ] as const)('are one finding and one message, in both orders, where the flag is %s', async (flag, told) => {
    const identity = { ...testIdentity, accountId: accounts[flag] };
    const bodies = [messageFor(identity), authorizeEvent(identity)];
    for (const [first = '', second = ''] of [bodies, bodies.toReversed()]) {
      const world = newWorld(60);
      await receive(world, first);
      world.clock.advance({ minutes: 1 });
      await receive(world, second);
      expect(states(world)).toEqual(told);
      expect(await world.ledger.occurrences(identity, 5)).toMatchObject([
        { occurrence: 1, detector: first === bodies[0] ? 'rule' : 'trail', opened: { kind: 'user' } },
      ]);
    }
  });

  it('need no second look where the first one began after the call', async () => {
    const world = newWorld(60);
    await receive(world, item);
    await receive(world, event);
    expect(world.modes).toEqual(['plan', 'apply']);
    expect(await world.latest()).toMatchObject({ opened: { principal: maria } });
  });

  it('have the resource looked at again where the first look may not have seen the change', async () => {
    const world = newWorld(2);
    await receive(world, item);
    world.open = true;
    await receive(world, event);
    expect(world.modes).toEqual(['plan', 'apply', 'plan', 'apply']);
    expect(await world.latest()).toMatchObject({ occurrence: 2, opened: { principal: maria } });
  });

  it('that meet a worker leave it the look, and who opened the resource', async () => {
    const world = newWorld(2);
    world.remediate = async (assignment) => {
      if (assignment.mode === 'apply') await receive(world, event);
      return world.play(assignment);
    };
    await receive(world, item);
    expect(world.modes).toEqual(['plan', 'apply', 'plan']);
    expect(await world.latest()).toMatchObject({
      state: 'fixed',
      occurrence: 1,
      detector: 'rule',
      opened: { principal: maria },
    });
    expect(states(world)).toEqual(['fixed']);
  });

  it('that overtake each other while the resource is looked at are one finding too', async () => {
    const world = newWorld(2);
    let looks = 0;
    world.remediate = async (assignment) => {
      looks += 1;
      if (looks === 1) await receive(world, item);
      return world.play(assignment);
    };
    await receive(world, event);
    expect(await world.ledger.occurrences(testIdentity, 5)).toMatchObject([
      { state: 'fixed', occurrence: 1, detector: 'rule', opened: { principal: maria } },
    ]);
    expect(states(world)).toEqual(['fixed']);
  });

  it('do not name who changed the resource after it was found', async () => {
    const world = newWorld(-3600);
    await receive(world, messageFor({ ...testIdentity, accountId: accounts.off }));
    world.clock.advance({ seconds: 3_603 });
    await receive(world, authorizeEvent({ ...testIdentity, accountId: accounts.off }));
    const found = await world.latest({ ...testIdentity, accountId: accounts.off });
    expect(found).not.toHaveProperty('opened');
    expect(world.modes).toEqual(['plan', 'plan']);
  });

  it('do not name for a later occurrence who opened the one before', async () => {
    const world = newWorld(60);
    await receive(world, event);
    world.clock.advance({ minutes: 60 });
    world.open = true;
    await receive(world, item);
    await receive(world, event);
    const [second, first] = await world.ledger.occurrences(testIdentity, 2);
    expect(first).toMatchObject({ occurrence: 1, opened: { principal: maria } });
    expect(second).not.toHaveProperty('opened');
  });

  it('keep who opened the resource, whoever changes it afterwards', async () => {
    const world = newWorld();
    const identity = { ...testIdentity, accountId: accounts.off };
    await receive(world, authorizeEvent(identity));
    const bob = { type: 'IAMUser', arn: `arn:aws:iam::${accounts.off}:user/bob` };
    await receive(world, authorizeEvent(identity, { userIdentity: bob }));
    expect(await world.latest(identity)).toMatchObject({
      opened: { principal: `arn:aws:iam::${accounts.off}:user/maria` },
    });
  });
});

describe('a batch of messages', () => {
  const results = async (world: World, ...bodies: string[]) =>
    (
      await Promise.allSettled(
        world.coordinator().receiveAll(
          bodies.map((body) => ({ body })),
          plenty,
        ),
      )
    ).map(({ status }) => status);

  it('that are about one resource leads to one look, one fix and one report', async () => {
    const world = newWorld();
    const bodies = [
      authorizeEvent(testIdentity),
      lookMessage(testIdentity),
      messageFor(testIdentity),
      authorizeEvent(testIdentity),
    ];
    expect(await results(world, ...bodies)).toEqual(bodies.map(() => 'fulfilled'));
    expect(world.modes).toEqual(['plan', 'apply']);
    expect(states(world)).toEqual(['fixed']);
    expect(await world.latest()).toMatchObject({ detector: 'trail', opened: { principal: maria } });
  });

  it('comes back whole for a resource that cannot be looked at, and without what cannot be read', async () => {
    const world = newWorld();
    const other = { ...testIdentity, resourceId: 'sg-0fedcba9876543210' };
    const unknown = { ...testIdentity, accountId: '999999999999' };
    const bodies = [lookMessage(unknown), '{', lookMessage(other), lookMessage(unknown)];
    expect(await results(world, ...bodies)).toEqual(['rejected', 'rejected', 'fulfilled', 'rejected']);
  });
});
