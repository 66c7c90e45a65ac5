import type { Measurement, MeasurementGroup } from '../measurement';
import { throughputOf } from '../throughput/load';

const accounts = 1_000;
/** So many findings keep that many workers busy for a while. */
const loads = [
  { workers: 1, findings: 8 },
  { workers: 25, findings: 100 },
  { workers: 100, findings: 220 },
];

/**
 * How many fixes a second workers make, of groups and buckets in turn, and what bounds them: the hub's real code over an AWS in memory, on
 * a virtual clock, with the latencies and throttles of `bench/throughput/`. The figures are the same on each machine.
 */
export const throughput: MeasurementGroup = {
  title: `throughput in ${accounts.toLocaleString('en-US')} accounts`,
  takes: 'seconds',
  async measure({ progress }) {
    progress('Fixing hundreds of findings on a virtual clock …');
    const rows: Measurement[] = [];
    for (const load of loads) rows.push(await rowOf(load));
    return rows;
  },
};

async function rowOf({ workers, findings }: { workers: number; findings: number }): Promise<Measurement> {
  const { fixesPerSecond, bound, fixed } = await throughputOf({ workers, findings, accounts });
  const percent = Math.round(bound.share * 100);
  const later = findings - fixed;
  return {
    name: `${workers} at once`,
    value: fixesPerSecond,
    unit: 'fixes/s',
    better: 'higher',
    beside: `bound by ${bound.name}, ${percent}% of their time${later > 0 ? `; ${later} of ${findings} left to the sweep` : ''}`,
  };
}
