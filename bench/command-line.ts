import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measuredRun } from './measured-run';

/** How often each command is called; the median counts. */
const calls = 7;

const group = {
  GroupId: 'sg-0123456789abcdef0',
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
};

/**
 * How long the command line takes to answer: rows of command, seconds, seconds of CPU and the limit in seconds.
 * @param root the project's folder
 * @param directory where a file may lie
 */
export async function commandLineTimes(root: string, directory: string): Promise<(string | number)[][]> {
  const file = join(directory, 'group.json');
  await writeFile(file, JSON.stringify(group));
  const commands = [
    { name: 'staunch --help', words: ['--help'], limit: 0.3 },
    { name: 'staunch validate', words: ['validate'], limit: 0.5 },
    {
      name: 'staunch evaluate, one group',
      words: ['evaluate', '--control', 'security-group-open-ports', file],
      limit: 0.5,
    },
  ];
  const script = join(root, 'scripts', 'staunch.js');
  // The first call may compile.
  await measuredRun(root, [script, '--version']);
  const rows: (string | number)[][] = [];
  for (const { name, words, limit } of commands) {
    const seconds: number[] = [];
    const cpuSeconds: number[] = [];
    for (let call = 0; call < calls; call += 1) {
      const taken = await measuredRun(root, [script, ...words]);
      seconds.push(taken.seconds);
      cpuSeconds.push(taken.cpuSeconds);
    }
    rows.push([name, median(seconds).toFixed(2), median(cpuSeconds).toFixed(2), limit]);
  }
  return rows;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
