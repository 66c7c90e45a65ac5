import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { customFacts } from '../../controls/facts';
import { mixedItems } from '../items/registry';
import { measuredRun, type Taken } from '../measured-run';
import type { Measurement, MeasurementGroup } from '../measurement';

const seed = 20_261_126;
/** How many items are made at once. */
const batch = 10_000;
/** The most memory that `staunch evaluate` may take. */
const megabytesLimit = 200;
/** The least part of the naive rate at which it may judge. */
const rateLimit = 0.5;

/**
 * How `staunch evaluate` takes a file of configuration items of every type, judged by every control, beside the naive lines of
 * `naive.ts` on the same file.
 * @param items how many the file holds, of 2 kB each
 */
function evaluateFile(takes: MeasurementGroup['takes'], items: number): MeasurementGroup {
  return {
    title: `a file of ${items.toLocaleString('en')} items`,
    takes,
    async measure({ root, directory, progress }) {
      progress(`Writing a file of ${items.toLocaleString('en')} items …`);
      const file = join(directory, 'inventory.jsonl');
      await writeItems(file, items);
      const naive = join(directory, 'naive-file.mjs');
      await build({
        absWorkingDir: root,
        entryPoints: ['bench/naive-file.ts'],
        bundle: true,
        format: 'esm',
        platform: 'node',
        outfile: naive,
      });
      const script = join(root, 'scripts', 'staunch.js');
      const controls = customFacts.flatMap(({ id }) => ['--control', id]);
      // The first call may compile.
      await measuredRun(root, [script, '--version']);
      progress('Evaluating it …');
      const naively = await measuredRun(root, [naive, file]);
      const evaluate = [script, 'evaluate', ...controls, file];
      const gigabytes = ((await stat(file)).size / 1e9).toFixed(2);
      return [
        ...figures('staunch evaluate', items, await measuredRun(root, evaluate), naively, gigabytes),
        ...figures(
          'staunch evaluate --summary',
          items,
          await measuredRun(root, [...evaluate, '--summary']),
          naively,
          gigabytes,
        ),
      ];
    },
  };
}

/** Few enough for a run of some minutes; the first second, in which nothing is compiled yet, counts for much. */
export const usualFile = evaluateFile('minutes', 100_000);
/** What is promised. */
export const fullFile = evaluateFile('more', 1_000_000);

function figures(
  what: string,
  items: number,
  { seconds, megabytes }: Taken,
  naively: Taken,
  gigabytes: string,
): Measurement[] {
  const rate = (items / seconds).toFixed(0);
  return [
    {
      name: `${what}: items a second`,
      value: naively.seconds / seconds,
      unit: '× naive',
      better: 'higher',
      limit: rateLimit,
      beside: `${rate} items a second, of ${gigabytes} GB`,
    },
    { name: `${what}: memory`, value: megabytes, unit: 'MB', better: 'lower', limit: megabytesLimit },
  ];
}

async function writeItems(file: string, items: number): Promise<void> {
  const stream = createWriteStream(file);
  for (let made = 0; made < items; made += batch) {
    const some = mixedItems(Math.min(batch, items - made), seed + made);
    const text = some.map((item) => `${JSON.stringify(item)}\n`).join('');
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}
