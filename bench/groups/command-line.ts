import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measuredRun } from '../measured-run';
import type { Measurement, MeasurementGroup } from '../measurement';
import { median } from '../median';

/** How often each command is called; the median counts. */
const calls = 7;

const group = {
  GroupId: 'sg-0123456789abcdef0',
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
};

/** How long the command line takes to answer, from a checkout whose sources have not changed since the last call. */
export const commandLine: MeasurementGroup = {
  title: 'the command line',
  takes: 'seconds',
  async measure({ root, directory, progress }) {
    progress('Calling the command line …');
    const file = join(directory, 'group.json');
    await writeFile(file, JSON.stringify(group));
    const script = join(root, 'scripts', 'staunch.js');
    // The first call may compile.
    await measuredRun(root, [script, '--version']);
    const measured: Measurement[] = [];
    for (const { name, words, limit } of [
      { name: 'staunch --help', words: ['--help'], limit: 0.3 },
      { name: 'staunch validate', words: ['validate'], limit: 0.5 },
      {
        name: 'staunch evaluate, one group',
        words: ['evaluate', '--control', 'security-group-open-ports', file],
        limit: 0.5,
      },
    ]) {
      const taken = [];
      for (let call = 0; call < calls; call += 1) taken.push(await measuredRun(root, [script, ...words]));
      const cpu = median(taken.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2);
      const value = median(taken.map(({ seconds }) => seconds));
      measured.push({ name, value, unit: 's', better: 'lower', limit, beside: `${cpu} s of CPU` });
    }
    return measured;
  },
};
