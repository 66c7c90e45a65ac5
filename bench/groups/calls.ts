import { callsPerFix, mostCalls } from '../../test/faults/calls-per-fix';
import { resourceTypesUnderFaults } from '../../test/faults/resource-types/registry';
import type { Measurement, MeasurementGroup } from '../measurement';

/**
 * The calls to AWS for one finding that is fixed, over an AWS in memory: counted, so that they are the same on each machine. A call's
 * purpose has a row where a resource of that type takes any.
 */
export const calls: MeasurementGroup = {
  title: 'calls to AWS a fix',
  takes: 'seconds',
  async measure({ progress }) {
    progress('Counting the calls of a fix …');
    const rows: Measurement[] = [];
    for (const type of resourceTypesUnderFaults) rows.push(...(await rowsOf(type)));
    return rows;
  },
};

async function rowsOf(type: (typeof resourceTypesUnderFaults)[number]): Promise<Measurement[]> {
  const counted = { unit: 'calls', better: 'lower' } as const;
  const found = await callsPerFix(type);
  const limit = mostCalls[type.name];
  const all = found.flatMap(({ calls: made }) => made);
  return [
    {
      name: `${type.name}, from message to report`,
      value: all.length,
      ...counted,
      ...(limit !== undefined && { limit }),
      beside: byService(all),
    },
    ...found
      .filter(({ calls: made }) => made.length > 0)
      .map(({ purpose, calls: made }) => ({
        name: `${type.name}: ${purpose}`,
        value: made.length,
        ...counted,
        beside: byService(made),
      })),
  ];
}

/** `DynamoDB 11, S3 18`, the most first. */
function byService(made: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const call of made) {
    const service = call.replace(/ \w+$/, '');
    counts.set(service, (counts.get(service) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([service, count]) => `${service} ${count}`)
    .join(', ');
}
