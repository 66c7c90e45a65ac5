import { ledgerTableName } from '../../../core/names';
import type { PatrolMessage } from '../../../core/patrol-message';
import { restMilliseconds } from '../../../hub-functions/patrol/dispatcher/binding';
import { Dispatcher } from '../../../hub-functions/patrol/dispatcher/dispatcher';
import { CoverageStore } from '../../../ledger/coverage/coverage';
import { ledgerDocuments } from '../../../ledger/table/documents';
import type { FaultPlan } from '../../faults/faults';
import { noFaults } from '../../faults/faults';
import { randomFrom } from '../../faults/random';
import { awsWithLedger } from '../../faults/support';
import { inRandomOrder } from '../../faults/turns';

const place = { accountId: '222222222222', region: 'eu-west-1' };
const type = 'AWS::EC2::SecurityGroup';
const minute = 60_000;
const second = 1_000;
/** As the hub's stack has the function and the queue. */
const dispatcherMilliseconds = 6 * minute;
const visibilityMilliseconds = 36 * minute;
/** The clock of each function is wrong by this at most. */
const mostSkew = 4 * second;

/** Who asks for a walk, and when, in milliseconds from the beginning. The schedule and people ask for whole accounts. */
interface Ask {
  at: number;
  by: 'trail' | 'person' | 'schedule';
}

interface Played {
  /** When something asked, really. */
  asks: number[];
  /** When each chain of walks began to read, really. */
  begun: number[];
  /** The same, of those that read every page. */
  through: number[];
  /** How often a message was received. */
  received: number;
}

/**
 * Walks of one type are asked for while dispatchers, side by side, receive the messages; a walk takes one page or two, and up to a
 * minute for each. Ends when no message is left.
 */
async function play(asks: readonly Ask[], seed: number, plan: FaultPlan = noFaults): Promise<Played> {
  const random = randomFrom(seed);
  const aws = awsWithLedger({ choose: inRandomOrder(random, 0.02), plan });
  const { clock, calls } = aws;
  const restore = aws.install();
  const coverage = new CoverageStore(ledgerDocuments({ region: 'eu-west-1' }), ledgerTableName, {
    pause: clock.pause,
    random,
  });
  const played: Played = { asks: [], begun: [], through: [], received: 0 };
  let messages = 0;
  const skewed = () => {
    const skew = Math.round((random() * 2 - 1) * mostSkew);
    return () => new Date(clock.milliseconds + skew);
  };
  const deliver = (body: string) => {
    played.received += 1;
    const dispatcher = new Dispatcher({ ...parts, now: skewed() });
    const { ended } = aws.run('dispatcher', dispatcherMilliseconds, () => dispatcher.receive(body));
    void ended.then((end) => {
      if (end.kind === 'returned') messages -= 1;
      else clock.after(visibilityMilliseconds, () => deliver(body));
    });
  };
  const enqueue = (message: PatrolMessage, delay: number) => {
    messages += 1;
    clock.after(delay, () => deliver(JSON.stringify(message)));
  };
  const readPage = async (token: string | null) => {
    const began = token === null ? clock.milliseconds : Number(token);
    if (token === null) played.begun.push(began);
    const isLast = token !== null || random() < 0.5;
    await clock.pause(random() * minute);
    if (isLast) played.through.push(began);
    const answer = { version: 1 as const, notCovered: [], looks: 0 };
    return isLast
      ? { ...answer, covered: [{ type, resources: 1 }] }
      : { ...answer, covered: [], next: { resourceType: type, token: String(began) } };
  };
  const parts: Omit<ConstructorParameters<typeof Dispatcher>[0], 'now'> = {
    probe: async () => {},
    policy: {
      everyMinutes: 24 * 60,
      regions: [place.region],
      targets: ['ou-1'],
      managementAccount: '999999999999',
      resourceTypes: [type],
    },
    coverage,
    tree: async () => ({
      rootId: 'r-1',
      units: new Map(),
      accounts: new Map([[place.accountId, { id: place.accountId, name: 'one', parentId: 'ou-1' }]]),
      readAt: clock.now(),
      tookMilliseconds: 1,
    }),
    send: async (sent, delaySeconds = 0) => {
      for (const message of sent) {
        await calls.make('SQS', 'SendMessage', {}, () => enqueue(message, delaySeconds * second));
      }
    },
    assume: () =>
      calls.make('STS', 'AssumeRole', {}, () => ({
        accessKeyId: 'A',
        secretAccessKey: 'B',
        sessionToken: 'C',
      })),
    invoke: ({ from }) => calls.make('Lambda', 'Invoke', {}, () => readPage(from?.token ?? null)),
    log: { info() {}, warn() {} },
  };
  try {
    const now = skewed();
    let latest = 0;
    for (const { at, by } of asks) {
      await clock.pause(at - latest);
      latest = at;
      played.asks.push(clock.milliseconds);
      const startedAt = now().toISOString();
      const types = by === 'trail' ? { resourceTypes: [type] } : {};
      enqueue({ version: 1, type: 'patrol', ...place, ...types, startedAt }, 0);
      // As the schedule notes what it has sent, in whatever order with what dispatchers write.
      const noted = { startedAt, at: startedAt, begun: [type] };
      if (by === 'schedule') void aws.run('schedule', minute, () => coverage.add(place, noted));
    }
    while (messages > 0) await clock.pause(minute);
    return played;
  } finally {
    restore();
  }
}

/** The requests after which no walk began that read every page. */
function lost({ asks, through }: Played): number[] {
  return asks.filter((asked) => !through.some((began) => began >= asked));
}

/** Times within an hour, some close together. */
function someAsks(random: () => number, by: readonly Ask['by'][]): Ask[] {
  const times = Array.from({ length: 12 }, () => Math.floor(random() * 60 * minute));
  const close = times.map((time) => time + Math.floor(random() * 30 * second));
  return [...times, ...close]
    .sort((one, other) => one - other)
    .map((at) => ({ at, by: by[Math.floor(random() * by.length)] ?? 'trail' }));
}

/** The trail asks again and again. */
function loop(times: number, pause: number): Ask[] {
  return Array.from({ length: times }, (_, index) => ({ at: index * pause, by: 'trail' }));
}

const everybody: readonly Ask['by'][] = ['trail', 'trail', 'trail', 'person', 'schedule'];

describe('a walk that is asked for again and again', () => {
  it('is made twice for a hundred requests at once', async () => {
    const played = await play(loop(100, 100), 1);
    expect(lost(played)).toEqual([]);
    expect(played.begun).toHaveLength(2);
    // Each message once, those that went on, and the few that wait.
    expect(played.received).toBeLessThan(130);
  });

  it('is made once in five minutes at most while something asks each second for an hour', async () => {
    const played = await play(loop(3_600, second), 2);
    expect(lost(played)).toEqual([]);
    expect(played.begun.length).toBeGreaterThan(6);
    expect(played.begun.length).toBeLessThanOrEqual((60 * minute) / restMilliseconds + 2);
    expect(played.received).toBeLessThan(2 * 3_600);
  });

  it('follows each request, in whatever order dispatchers go on, and wherever they die', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = randomFrom(seed * 1_000);
      const kills: FaultPlan = () =>
        random() < 0.04 ? { kind: random() < 0.5 ? 'killed-before' : 'killed-after' } : undefined;
      const played = await play(someAsks(random, everybody), seed, kills);
      expect([seed, lost(played)]).toEqual([seed, []]);
    }
  });

  it('is made a bounded number of times, in whatever order dispatchers go on', async () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const played = await play(someAsks(randomFrom(seed * 1_000), ['trail']), seed);
      expect([seed, lost(played)]).toEqual([seed, []]);
      expect(played.begun.length).toBeLessThanOrEqual((60 * minute) / restMilliseconds + 2);
    }
  });
});
