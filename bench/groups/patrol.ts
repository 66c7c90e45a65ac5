import { patrolMegabytes, patrolsAtOnce } from '../../config/concurrency';
import { duePlaces, tickMilliseconds } from '../../hub-functions/patrol/dispatcher/due';
import { resourceTypes } from '../../resources/resource-types';
import type { Measurement, MeasurementGroup } from '../measurement';
import { accountIdOf, watchedRegions } from '../patrol/accounts';
import { type Walked, walkAll } from '../patrol/walk-all';

const accounts = 1_000;
/** Every hundred accounts hold the same, so that this many take so many times the calls. */
const times = 10;
/** What a patrol of everything may take when all of it is due at once. */
const mostMinutes = 10;

/**
 * A patrol of every account in two Regions, all due at once: the real dispatcher and walker over an AWS in memory, on a virtual clock,
 * with the latencies and throttles of `bench/throughput/` and the resources of `bench/patrol/accounts.ts`. The figures are the same on
 * each machine.
 */
export const patrol: MeasurementGroup = {
  title: `patrol of ${said(accounts)} accounts, ${watchedRegions.length} Regions, ${Object.keys(resourceTypes).length} types`,
  takes: 'seconds',
  async measure({ progress }) {
    progress('Patrolling a thousand accounts on a virtual clock …');
    const walked = await walkAll(accounts);
    if (walked.problems.length > 0) throw new Error(`A walk failed: ${String(walked.problems[0])}`);
    return [timeOf(walked), bySchedule(), ...callsOf(walked)];
  },
};

function timeOf({ minutes, bound, looks }: Walked): Measurement {
  const { dispatcher, walker } = patrolMegabytes;
  return {
    name: 'all due at once, until all are walked',
    value: minutes,
    unit: 'min',
    better: 'lower',
    limit: mostMinutes,
    beside: `${patrolsAtOnce} at once, of ${dispatcher} and ${walker} MB; bound by ${bound.name}, ${Math.round(bound.share * 100)}% of their time; ${said(looks)} looks`,
  };
}

/** The schedule sends so many at a tick, and not all at once. */
function bySchedule(): Measurement {
  const places = Array.from({ length: accounts }, (_, number) =>
    watchedRegions.map((region) => ({ accountId: accountIdOf(number), region })),
  ).flat();
  const policy = { everyMinutes: 24 * 60, resourceTypes: Object.keys(resourceTypes) };
  const sent = duePlaces(places, new Map(), policy, new Date(0)).length;
  return {
    name: 'all due at once, until the schedule has sent all',
    value: (Math.ceil(places.length / sent) * tickMilliseconds) / 3_600_000,
    unit: 'h',
    better: 'lower',
    beside: `${sent} each ${tickMilliseconds / 60_000} minutes; staunch patrol sends them at once`,
  };
}

function callsOf({ calls }: Walked): Measurement[] {
  const sorted = [...calls].sort(([, one], [, other]) => other - one);
  const row = (name: string, value: number): Measurement => ({
    name,
    value,
    unit: 'calls',
    better: 'lower',
    beside:
      value < accounts
        ? 'by each process that begins'
        : `${said(value * times)} in ${said(accounts * times)} accounts`,
  });
  const all = sorted.reduce((sum, [, count]) => sum + count, 0);
  return [row('calls to AWS', all), ...sorted.map(([name, count]) => row(name, count))];
}

function said(number: number): string {
  return number.toLocaleString('en-US');
}
