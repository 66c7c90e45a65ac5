import { groupedBy } from '../../core/grouped';
import type { Measurement, MeasurementGroup } from '../measurement';
import {
  doctor,
  doctorBefore,
  plan,
  preview,
  type Question,
  questionOf,
  reconciled,
  type Taken,
} from '../organization/commands';

const accounts = 1_000;

/** What is measured, and what it may take. */
interface Command {
  name: string;
  run: (question: Question) => Promise<Taken>;
  /** Simulated seconds. */
  mostSeconds: number;
  mostMegabytes: number;
}

/** The reconcile has what `infra/hub/reconcile.ts` gives it; the rest is a person's patience, and little beside what Node has. */
const commands: readonly Command[] = [
  { name: 'staunch doctor', run: doctor, mostSeconds: 300, mostMegabytes: 512 },
  { name: 'staunch doctor --before', run: doctorBefore, mostSeconds: 300, mostMegabytes: 512 },
  { name: 'staunch plan', run: plan, mostSeconds: 120, mostMegabytes: 512 },
  { name: 'preview of staunch deploy', run: preview, mostSeconds: 60, mostMegabytes: 512 },
  { name: 'reconcile', run: reconciled, mostSeconds: 300, mostMegabytes: 512 },
];

/**
 * What operators and the hub ask about a whole organization: the real code over an AWS in memory, on a virtual clock, with the latencies
 * and throttles of `bench/throughput/`, page by page. Seconds and calls are the same on each machine.
 */
export const organizationCommands: MeasurementGroup = {
  title: `commands over ${accounts.toLocaleString('en-US')} accounts, 2 Regions`,
  takes: 'seconds',
  async measure({ progress }) {
    const measured: Measurement[] = [];
    for (const command of commands) {
      progress(`Asking a thousand accounts on a virtual clock: ${command.name} …`);
      const taken = await command.run(questionOf(accounts));
      measured.push(timeOf(command, taken), memoryOf(command, taken), ...callsOf(command, taken));
    }
    return measured;
  },
};

function timeOf({ name, mostSeconds }: Command, taken: Taken): Measurement {
  const { seconds, processorSeconds, throttle, result } = taken;
  const waited = throttle === undefined ? 'no throttle met' : `most throttled by ${throttle.name}`;
  return {
    name: `${name}, until it answers`,
    value: seconds,
    unit: 's',
    better: 'lower',
    limit: mostSeconds,
    beside: `${result}; ${waited}; and ${processorSeconds.toFixed(1)} s of CPU here`,
  };
}

function memoryOf({ name, mostMegabytes }: Command, { megabytes }: Taken): Measurement {
  return {
    name: `${name}, memory`,
    value: megabytes,
    unit: 'MB',
    better: 'lower',
    limit: mostMegabytes,
    beside: 'beside what is there when it begins, garbage left out',
  };
}

/** By service; its operations beside. */
function callsOf({ name }: Command, { calls }: Taken): Measurement[] {
  const byService = groupedBy(calls, ([call]) => call.slice(0, call.lastIndexOf(' ')));
  return [...byService].map(([service, ofService]) => ({
    name: `${name}, ${service}`,
    value: ofService.reduce((sum, [, count]) => sum + count, 0),
    unit: 'calls',
    better: 'lower' as const,
    beside: ofService
      .map(([call, count]) => `${call.slice(service.length + 1)} ${count.toLocaleString('en-US')}`)
      .join(', '),
  }));
}
