import { SessionRefusedError } from '../../../hub-functions/member-session/assume';
import { maximumSessionPolicyLength } from '../../../hub-functions/member-session/policy-text';
import { Dispatcher, UnusablePatrolMessageError } from '../../../hub-functions/patrol/dispatcher/dispatcher';
import { duePlaces, tickMilliseconds } from '../../../hub-functions/patrol/dispatcher/due';
import { checkAnswer, WalkerError } from '../../../hub-functions/patrol/dispatcher/invoke-walker';
import { walkSessionPolicy } from '../../../hub-functions/patrol/dispatcher/session-policy';
import type { WalkAnswer, WalkRequest } from '../../../hub-functions/patrol/walk-answer';
import { type PlaceCoverage, placeKey, withAnswer } from '../../../ledger/coverage/place-coverage';
import type { OrganizationTree } from '../../../ledger/organization/organization-tree';
import { resourceTypes } from '../../../resources/resource-types';

const types = Object.keys(resourceTypes);
const [first = '', second = ''] = types;
const start = Date.parse('2026-11-27T00:00:00.000Z');
const day = 24 * 60 * 60_000;
const policy = {
  everyMinutes: 24 * 60,
  regions: ['eu-west-1'],
  targets: ['ou-1'],
  managementAccount: '999999999999',
  resourceTypes: types,
};

class Killed extends Error {}

/** A hub in memory, in which every write and call may be the last of its process. */
function hub(accounts = ['111122223333'], closed: string[] = []) {
  const coverage = new Map<string, PlaceCoverage>();
  const queue: string[] = [];
  let pages = 0;
  const world = {
    time: start,
    coverage,
    queue,
    /** After so many steps the process dies; each step is made or not, by turns. */
    dieAt: Number.POSITIVE_INFINITY,
    dieAfter: false,
    steps: 0,
    assumed: [] as string[],
    /** Answers of the walker, in turn; the last one stays. */
    answer: (request: WalkRequest): WalkAnswer => {
      const left = request.resourceTypes.slice(
        request.from ? request.resourceTypes.indexOf(request.from.resourceType) : 0,
      );
      pages += 1;
      world.walked.push(...left.slice(0, 1));
      const covered = left.slice(0, 1).map((type) => ({ type, resources: 1 }));
      const next = left[1];
      return {
        version: 1,
        covered,
        notCovered: [],
        looks: 0,
        ...(next && { next: { resourceType: next, token: null } }),
      };
    },
    walked: [] as string[],
    /** Marks of the probes with which the walker was invoked. */
    probed: [] as string[],
    refusal: undefined as Error | undefined,
  };
  const step = async <Value>(make: () => Value): Promise<Value> => {
    world.steps += 1;
    if (world.steps === world.dieAt && !world.dieAfter) throw new Killed();
    const value = make();
    if (world.steps === world.dieAt) throw new Killed();
    return value;
  };
  const tree = {
    rootId: 'r-1',
    units: new Map([['ou-1', { id: 'ou-1', name: 'ou', parentId: 'r-1' }]]),
    accounts: new Map(
      accounts.map((id) => [
        id,
        { id, name: id, parentId: 'ou-1', ...(closed.includes(id) && { closed: true as const }) },
      ]),
    ),
    readAt: new Date(start),
    tookMilliseconds: 1,
  } satisfies OrganizationTree;
  const dispatcher = new Dispatcher({
    policy,
    coverage: {
      read: async (place) => coverage.get(placeKey(place)),
      async *list() {
        yield* coverage.values();
      },
      add: (place, answer) =>
        step(() => {
          const known = { ...place, ...withAnswer(coverage.get(placeKey(place)), answer) };
          coverage.set(placeKey(place), known);
          return known;
        }),
      addBy: (place, decide) =>
        step(() => {
          const decision = decide(coverage.get(placeKey(place)));
          const { answer } = decision;
          const known = coverage.get(placeKey(place));
          if (answer) coverage.set(placeKey(place), { ...place, ...withAnswer(known, answer) });
          return decision;
        }),
    },
    tree: async () => tree,
    send: (messages) => step(() => void queue.push(...messages.map((each) => JSON.stringify(each)))),
    assume: (place) =>
      step(() => {
        world.assumed.push(placeKey(place));
        if (world.refusal) throw world.refusal;
        return { accessKeyId: 'A', secretAccessKey: 'B', sessionToken: 'C' };
      }),
    invoke: (request) => step(() => checkAnswer(request, world.answer(request))),
    probe: async ({ mark }) => void world.probed.push(mark),
    now: () => new Date(world.time),
    log: { info() {}, warn() {} },
  });
  /** Takes messages off the queue as SQS hands them out: what was not done with comes back. */
  const work = async () => {
    for (let tries = 0; queue.length > 0 && tries < 50; tries += 1) {
      const [body = ''] = queue;
      try {
        await dispatcher.receive(body);
        queue.splice(queue.indexOf(body), 1);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
    }
  };
  return { world, dispatcher, work, pages: () => pages };
}

const account = '111122223333';
const key = `${account}#eu-west-1`;

describe('the dispatcher', () => {
  it('walks every type of an account and Region, in as many messages as it takes', async () => {
    const { world, dispatcher, work } = hub();
    await dispatcher.schedule();
    world.time += 1_000;
    await work();
    for (const type of types) {
      expect(world.coverage.get(key)?.types[type]).toEqual({
        // When it began to read, and not when it was sent.
        coveredAt: new Date(start + 1_000).toISOString(),
        firstOverAt: new Date(start + 1_000).toISOString(),
        resources: 1,
      });
    }
    await dispatcher.schedule();
    expect(world.queue).toEqual([]);
  });

  it('skips nothing, and calls nothing covered that was not, wherever it is killed', async () => {
    const whole = hub();
    await whole.dispatcher.schedule();
    await whole.work();
    const steps = whole.world.steps;
    expect(steps).toBeGreaterThan(8);
    for (let dieAt = 1; dieAt <= steps; dieAt += 1) {
      for (const dieAfter of [false, true]) {
        const { world, dispatcher, work } = hub();
        Object.assign(world, { dieAt, dieAfter });
        for (let ticks = 0; ticks < 2; ticks += 1) {
          await dispatcher.schedule().catch((error: unknown) => {
            if (!(error instanceof Killed)) throw error;
          });
        }
        await work();
        const said = world.coverage.get(key)?.types ?? {};
        for (const type of types) {
          expect([dieAt, dieAfter, type, said[type]?.coveredAt]).not.toContain(undefined);
          expect(world.walked).toContain(type);
        }
      }
    }
  });

  it.each([
    ['is closed', [account], [account], /closed or suspended/],
    ['is unknown', ['222222222222'], [], /not in the organization/],
  ])('takes no role in an account that %s, and says so', async (_what, accounts, closed, words) => {
    const { world, dispatcher } = hub(accounts, closed);
    const startedAt = new Date(start).toISOString();
    await dispatcher.receive(
      JSON.stringify({ version: 1, type: 'patrol', accountId: account, region: 'eu-west-1', startedAt }),
    );
    expect(world.assumed).toEqual([]);
    expect(world.coverage.get(key)?.types[first]?.problem?.words).toMatch(words);
    expect(world.coverage.get(key)?.types[first]).not.toHaveProperty('coveredAt');
  });

  it("tells AWS's words where the role is gone, and lets a message come back where STS is busy", async () => {
    const { world, dispatcher } = hub();
    await dispatcher.schedule();
    const [body = ''] = world.queue;
    world.refusal = new SessionRefusedError('slow down', 'Throttling');
    await expect(dispatcher.receive(body)).rejects.toBe(world.refusal);
    expect(world.coverage.get(key)?.types[first]).not.toHaveProperty('problem');
    world.refusal = new SessionRefusedError('no such role', 'AccessDenied');
    await dispatcher.receive(body);
    expect(world.coverage.get(key)?.types[second]?.problem?.words).toBe('no such role');
  });

  it('drops what is left of a walk when a later one has begun', async () => {
    const { world, dispatcher } = hub();
    await dispatcher.schedule();
    await dispatcher.receive(world.queue.shift() ?? '');
    const [left = ''] = world.queue.splice(0);
    world.time += 2 * day;
    await dispatcher.schedule();
    await dispatcher.receive(left);
    expect([world.assumed, world.walked]).toEqual([[key], [first]]);
  });

  it('walks once for what an outage kept back: a later message of it finds all of it seen', async () => {
    const { world, dispatcher, work } = hub();
    for (const _day of [1, 2, 3]) {
      await dispatcher.schedule();
      world.time += day;
    }
    expect(world.queue).toHaveLength(3);
    await work();
    expect(world.walked).toEqual(types);
  });

  it.each([
    ['no JSON', '{'],
    ['another version', '{"version":2}'],
    ['an unwatched Region', message({ region: 'us-east-1' })],
    ['an unknown type', message({ resourceTypes: ['AWS::EC2::Vpc'] })],
    [
      'a position in no type of it',
      message({ resourceTypes: [first], from: { resourceType: second, token: null } }),
    ],
  ])('cannot use a message of %s', async (_what, body) => {
    await expect(hub().dispatcher.receive(body)).rejects.toBeInstanceOf(UnusablePatrolMessageError);
  });
});

function message(more: object): string {
  const startedAt = '2026-11-27T00:00:00.000Z';
  return JSON.stringify({
    version: 1,
    type: 'patrol',
    accountId: account,
    region: 'eu-west-1',
    startedAt,
    ...more,
  });
}

describe('the schedule', () => {
  const places = Array.from({ length: 750 }, (_, index) => ({
    accountId: String(100_000_000_000 + index),
    region: 'eu-west-1',
  }));

  /** How many types there are says nothing of when a place is due. */
  const few = { ...policy, resourceTypes: types.slice(0, 2) };

  /** Plays so many ticks; every walk is through at once. */
  function play(ticks: number, known: Map<string, PlaceCoverage>, from: number): number[] {
    return Array.from({ length: ticks }, (_, tick) => {
      const now = new Date(from + tick * tickMilliseconds);
      const due = duePlaces(places, known, few, now);
      for (const place of due) {
        const startedAt = now.toISOString();
        const covered = few.resourceTypes.map((type) => ({ type, resources: 0 }));
        known.set(placeKey(place), {
          ...place,
          ...withAnswer(known.get(placeKey(place)), { startedAt, at: startedAt, covered }),
        });
      }
      return due.length;
    });
  }

  it('spreads all places over the day, each once, and catches up after an outage within hours', () => {
    // Four times as many as it takes on average.
    const most = Math.ceil((4 * places.length * tickMilliseconds) / day);
    const known = new Map<string, PlaceCoverage>();
    play(288, known, start);
    const nextDay = play(288, known, start + day);
    expect(nextDay.reduce((sum, sent) => sum + sent, 0)).toBe(places.length);
    expect(Math.max(...nextDay)).toBeLessThan(most);
    // A day without any patrol.
    const afterwards = play(100, known, start + 3 * day);
    expect(Math.max(...afterwards)).toBe(most);
    const latest = start + 3 * day + 100 * tickMilliseconds;
    for (const { types: said } of known.values()) {
      expect(latest - Date.parse(said[first]?.coveredAt ?? '')).toBeLessThanOrEqual(day + tickMilliseconds);
    }
  });

  it('tries a new place again after ten minutes where its role is not there yet, and an old one after an hour', () => {
    const minute = 60_000;
    const place = { accountId: account, region: 'eu-west-1' };
    const failedAt = new Date(start + day).toISOString();
    const failed = (watchedFor: number) => {
      const since = new Date(start + day - watchedFor).toISOString();
      const said = { startedAt: failedAt, problem: { words: 'no role', at: failedAt, startedAt: failedAt } };
      const types = Object.fromEntries(few.resourceTypes.map((type) => [type, said]));
      return new Map([[placeKey(place), { since, types }]]);
    };
    const isDue = (watchedFor: number, after: number) =>
      duePlaces([place], failed(watchedFor), few, new Date(start + day + after)).length > 0;

    expect([9, 10].map((minutes) => isDue(0, minutes * minute))).toEqual([false, true]);
    expect([59, 60].map((minutes) => isDue(3 * 60 * minute, minutes * minute))).toEqual([false, true]);
  });
});

describe("the walker's answer", () => {
  const request = {
    version: 1 as const,
    accountId: account,
    region: 'eu-west-1',
    resourceTypes: [first, second],
    credentials: { accessKeyId: 'A', secretAccessKey: 'B', sessionToken: 'C' },
  };
  const answer = { version: 1, covered: [], notCovered: [], looks: 0 };

  it.each([
    ['nothing', null],
    ['a type left out', { ...answer, covered: [{ type: first, resources: 1 }] }],
    [
      'a type that was not asked for',
      { ...answer, covered: [first, second, 'AWS::X::Y'].map((type) => ({ type, resources: 1 })) },
    ],
    ['words without end', { ...answer, notCovered: [{ type: first, words: 'x'.repeat(301) }] }],
    ['a place to go on that is none', { ...answer, next: { resourceType: 'AWS::X::Y', token: null } }],
    ['a negative count', { ...answer, covered: [{ type: first, resources: -1 }] }],
  ])('is not believed when it says %s', (_what, value) => {
    expect(() => checkAnswer(request, value)).toThrow(WalkerError);
  });
});

it('makes a session policy for one account and Region that only lists, describes and gets', () => {
  const text = walkSessionPolicy({ accountId: account, region: 'ap-southeast-2' }, types);
  expect(text.length).toBeLessThanOrEqual(maximumSessionPolicyLength);
  const { Statement } = JSON.parse(text) as {
    Statement: { Action: string[]; Condition: unknown; Resource: string }[];
  };
  for (const { Action, Condition } of Statement) {
    expect(Condition).toEqual({ StringEquals: { 'aws:RequestedRegion': 'ap-southeast-2' } });
    for (const action of Action) expect(action).toMatch(/^[a-z0-9]+:(List|Describe|Get)/);
  }
  expect(text).not.toContain('GetObject');
});
