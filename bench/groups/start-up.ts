import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { functionNames, ruleFunctionName } from '../../core/names';
import { type DeployedFunction, deployedFunctions } from '../functions';
import type { Measurement, MeasurementGroup } from '../measurement';
import { median } from '../median';

/** How often each function is started; the median counts. */
const starts = 10;

/** Milliseconds that a function may take to load, beside an empty one. */
const limits: Readonly<Record<string, number>> = {
  [ruleFunctionName]: 50,
  [functionNames.coordinator]: 100,
  [functionNames.notifier]: 60,
  // Slack waits three seconds, also for a cold start.
  [functionNames.slackFront]: 60,
  // It knows every resource type, to show what a plan changes.
  [functionNames.slackPoster]: 80,
};
/** The same for each remediation function. */
const remediationLimit = 120;

const empty: DeployedFunction = {
  name: 'empty',
  code: 'exports.handler = async () => {};',
  variables: {},
  files: {},
};

/** What one start took, in milliseconds. */
interface Start {
  /** CPU time: other programs do not lengthen it. */
  cpu: number;
  clock: number;
}

/**
 * Loading each function's bundle in a process of its own, as Lambda does, in turn with an empty function. What a function needs of
 * the AWS SDK to start is in its bundle.
 */
export const startUp: MeasurementGroup = {
  title: 'start-up of functions, beside an empty one',
  takes: 'seconds',
  async measure({ directory, synthesized, progress }) {
    const { assembly } = await synthesized();
    progress('Starting functions …');
    const functions = await deployedFunctions(assembly);
    const folders = new Map<DeployedFunction, string>();
    for (const one of [empty, ...functions]) folders.set(one, await written(one, directory));

    const measured = functions.map((one) => ({ one, more: [] as Start[] }));
    for (let round = 0; round < starts; round += 1)
      for (const { one, more } of measured) {
        const nothing = await started(empty, folders);
        const { cpu, clock } = await started(one, folders);
        more.push({ cpu: cpu - nothing.cpu, clock: clock - nothing.clock });
      }
    return measured.map(
      ({ one: { name }, more }): Measurement => ({
        name,
        value: median(more.map(({ cpu }) => cpu)),
        unit: 'ms of CPU',
        better: 'lower',
        limit: limits[name] ?? remediationLimit,
        beside: `${median(more.map(({ clock }) => clock)).toFixed(0)} ms by the clock`,
      }),
    );
  },
};

/** @returns the folder of the function's files */
async function written(one: DeployedFunction, directory: string): Promise<string> {
  const folder = join(directory, one.name);
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries({ ...one.files, 'index.js': one.code }))
    await writeFile(join(folder, name), text);
  return folder;
}

async function started(one: DeployedFunction, folders: Map<DeployedFunction, string>): Promise<Start> {
  const program = join(__dirname, '..', 'load-function.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, join(folders.get(one) ?? '', 'index.js')],
    {
      env: {
        AWS_REGION: 'eu-west-1',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        ...one.variables,
      },
    },
  );
  return JSON.parse(stdout) as Start;
}
