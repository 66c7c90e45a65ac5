import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../infra/assembly';
import { secondsOf } from './command';
import { measuredCommit } from './commit';
import { measurementGroups } from './groups';
import { appendHistory, historyLine, newestFigures, readHistory } from './history';
import { type BenchContext, type Extent, isMeasured, type MeasuredGroup } from './measurement';
import { figuresOf, summaryOf, tableOf } from './table';

const root = join(__dirname, '..');
/** A line for each run; git ignores the folder. */
const historyFile = join(root, '.staunch', 'bench-history.jsonl');

/**
 * Measures, prints each figure beside its limit and what it was in the last run, and adds a line to the history. No figure makes it
 * fail: they are for people.
 * @param json prints the figures as JSON instead of a table
 * @returns whether every group was measured
 */
export async function main({ extent, json }: { extent: Extent; json: boolean }): Promise<boolean> {
  const directory = join(root, '.staunch', `bench-${process.pid}`);
  await mkdir(directory, { recursive: true });
  try {
    const commit = await measuredCommit(root);
    const machine = { cores: availableParallelism(), loadBefore: loadavg()[0] ?? 0 };
    const { groups, isWhole } = await measured(contextIn(directory), extent);
    const figures = figuresOf(groups, newestFigures(await readHistory(historyFile)));
    const date = new Date();
    await appendHistory(historyFile, historyLine(date, commit, groups));
    if (json) {
      console.log(JSON.stringify({ date: date.toISOString(), commit, machine, figures }, undefined, 2));
    } else {
      console.log(`${tableOf(figures)}\n${summaryOf(figures)}\n${machineLine(machine)}`);
    }
    return isWhole;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Times by the clock mean little where the load was not below the number of cores. */
function machineLine({ cores, loadBefore }: { cores: number; loadBefore: number }): string {
  return `Node.js ${process.version} on ${cores} cores, which had a load of ${loadBefore.toFixed(1)} before the run.`;
}

/** What cannot be measured is said, and keeps nothing else from being measured. */
async function measured(
  context: BenchContext,
  extent: Extent,
): Promise<{ groups: MeasuredGroup[]; isWhole: boolean }> {
  const groups: MeasuredGroup[] = [];
  let isWhole = true;
  for (const group of measurementGroups.filter((one) => isMeasured(one, extent))) {
    try {
      groups.push({ title: group.title, measurements: await group.measure(context) });
    } catch (error) {
      isWhole = false;
      console.error(`Not measured: ${group.title}. ${(error as Error).message}`);
    }
  }
  return { groups, isWhole };
}

/** The project's policy with the ids of a workspace and an app, so that what they turn on is measured too. */
function decidingInSlack(policy: string): string {
  const text = policy.replace(/^ {2}# (team|app): /gm, '  $1: ');
  if (text === policy) throw new Error('config/organization.yaml has no lines for slack.team and slack.app.');
  return text;
}

function contextIn(directory: string): BenchContext {
  const progress = (text: string) => console.error(text);
  const synthesize = async () => {
    progress('Running cdk synth …');
    const output = join(directory, 'cdk.out');
    const policy = join(directory, 'organization.yaml');
    await writeFile(
      policy,
      decidingInSlack(await readFile(join(root, 'config', 'organization.yaml'), 'utf8')),
    );
    const words = ['cdk', 'synth', '--quiet', '--output', output, '-c', `organization=${policy}`];
    const { seconds, status } = await secondsOf(root, 'npx', words);
    if (status !== 0) throw new Error('cdk synth failed. Run npm run synth to see why.');
    return { assembly: readAssembly(output), seconds };
  };
  let synthesized: ReturnType<typeof synthesize> | undefined;
  return {
    root,
    directory,
    progress,
    synthesized() {
      synthesized ??= synthesize();
      return synthesized;
    },
  };
}
