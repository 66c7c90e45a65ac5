import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Table from 'cli-table3';
import { readAssembly } from '../infra/assembly';
import { secondsOf } from './command';
import { evaluationRates } from './evaluations';
import { deployedFunctions } from './functions';
import { sessionPolicySizes } from './session-policies';
import { sizes } from './sizes';
import { startUpTimes } from './start-up';
import { roomForTypes } from './twenty/room';
import { plannedTypes, withTwentyTypes } from './twenty/with-twenty-types';

const root = join(__dirname, '..');

/**
 * Measures sizes and times, and prints them beside their limits. Nothing here fails: the figures are for people.
 * @param quick leaves out the runs of `npm start` and `npm test`
 */
export async function main({ quick }: { quick: boolean }): Promise<void> {
  const directory = join(root, '.staunch', `bench-${process.pid}`);
  await mkdir(directory, { recursive: true });
  try {
    await measure(directory, quick);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function measure(directory: string, quick: boolean): Promise<void> {
  const output = join(directory, 'cdk.out');
  const times = [
    ['cdk synth', await secondsOf(root, 'npx', ['cdk', 'synth', '--quiet', '--output', output]), 8],
  ];
  if (!quick) {
    times.push(['npm start', await secondsOf(root, process.execPath, ['scripts/start.js']), 60]);
    times.push(['npm test', await secondsOf(root, process.execPath, ['scripts/test.js']), 300]);
  }
  const assembly = readAssembly(output);
  const functions = await deployedFunctions(assembly);
  print(['size', 'kB', 'limit'], sizes(assembly, functions));
  console.error(`Synthesizing with ${plannedTypes} resource types …`);
  print(
    ['room for resource types', 'today', `with ${plannedTypes}`, 'limit', 'types that fit'],
    roomForTypes(assembly, withTwentyTypes(root, directory)),
  );
  print(['session policy', 'characters', 'limit'], sessionPolicySizes());
  print(['start-up', 'milliseconds', 'beside an empty function'], await startUpTimes(functions, directory));
  print(
    ['control', 'items (dangerous)', 'a second, one core', 'a second, staunch evaluate'],
    await evaluationRates(root, directory),
  );
  print(['command', 'seconds', 'limit'], times);
}

function print(head: string[], rows: (string | number)[][]): void {
  const table = new Table({
    head,
    colAligns: ['left', ...head.slice(1).map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows);
  console.log(table.toString());
}
