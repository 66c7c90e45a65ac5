import { patrolMegabytes, patrolsAtOnce } from '../../config/concurrency';
import { functionNames } from '../../core/names';
import { patrolVersion } from '../../core/patrol-message';
import { sendPatrols } from '../../operator/patrol/send-patrols';
import type { InMemoryAws } from '../../test/faults/aws/in-memory-aws';
import { randomFrom } from '../../test/faults/random';
import { awsWithLedger } from '../../test/faults/support';
import { pace } from '../throughput/paced';
import { type Bound, boundOf, WorkerTime } from '../throughput/worker-time';
import { accountIdOf, plantAccount, watchedRegions } from './accounts';
import { type Durations, PatrolHub } from './patrol-hub';

/** What a patrol of all accounts came to. */
export interface Walked {
  /** From the first message until the last walk is through, simulated. */
  minutes: number;
  bound: Bound;
  /** How many calls were made, by service and operation, those that were refused and tried again not among them. */
  calls: ReadonlyMap<string, number>;
  looks: number;
  /** Of all invocations together. */
  durations: Durations;
  /** What a dispatcher threw, or nobody may do: there should be nothing. */
  problems: unknown[];
}

/**
 * Lambda gives a whole processor at 1,769 MB, and its share below:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
const megabytesOfProcessor = 1_769;
/** Assumption: what the SDK takes of a whole processor to sign a call, send it and parse the answer, on the slow side. */
const processorMillisecondsOfCall = 4;
const megabytes: Readonly<Record<string, number>> = {
  [functionNames.patrolDispatcher]: patrolMegabytes.dispatcher,
  [functionNames.patrolWalker]: patrolMegabytes.walker,
};

/**
 * Patrols every account in two Regions at once, spread over no time, by the real dispatcher and walker with the throttles and latencies of
 * `bench/throughput/`. The same number of accounts comes to the same on every machine.
 */
export async function walkAll(accounts: number): Promise<Walked> {
  const aws = awsWithLedger({ latencyMilliseconds: 0 });
  const patrol = new PatrolHub(aws);
  for (let number = 0; number < accounts; number += 1) plantAccount(aws, number);
  const time = new WorkerTime();
  const calls = new Map<string, number>();
  const restore = aws.install();
  try {
    await patrol.keepTree(accounts);
    const counted = countCalls(aws, calls);
    const stop = pace(aws, {
      accountOf: (invocation) => patrol.placeOf(invocation),
      random: randomFrom(1),
      time,
      processorMilliseconds: (name) =>
        (processorMillisecondsOfCall * megabytesOfProcessor) / (megabytes[name] ?? megabytesOfProcessor),
    });
    const begun = aws.clock.milliseconds;
    await askForAll(aws, patrol, accounts);
    await patrol.workThrough();
    stop();
    counted();
    const took = aws.clock.milliseconds - begun;
    time.total = patrolsAtOnce * took;
    const { looks, durations, failures } = patrol;
    return {
      minutes: took / 60_000,
      bound: boundOf(time),
      calls,
      looks,
      durations,
      problems: [...failures, ...aws.violations],
    };
  } finally {
    restore();
  }
}

/** As `staunch patrol` does. */
async function askForAll({ clock }: InMemoryAws, { sqs }: PatrolHub, accounts: number): Promise<void> {
  const startedAt = clock.now().toISOString();
  const places = Array.from({ length: accounts }, (_, number) =>
    watchedRegions.map((region) => ({ accountId: accountIdOf(number), region })),
  ).flat();
  await sendPatrols(
    sqs,
    { account: '111111111111', region: 'eu-west-1' },
    places.map((place) => ({ version: patrolVersion, type: 'patrol', ...place, startedAt })),
  );
}

/** Counts calls instead of keeping each. @returns ends that */
function countCalls({ calls }: InMemoryAws, counts: Map<string, number>): () => void {
  const make = calls.make.bind(calls);
  calls.make = (service, command, input, perform) =>
    make(service, command, input, () => {
      const name = `${service} ${command}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      calls.made.length = 0;
      return perform();
    });
  return () => {
    calls.make = make;
  };
}
