import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { customFacts } from '../controls/facts';
import { mixedItems } from './items/registry';
import { measuredRun, type Taken } from './measured-run';

const seed = 20_261_126;
/** How many items are made at once. */
const batch = 10_000;
/** The most memory that `staunch evaluate` may take. */
const megabytesLimit = 200;
/** The least part of the naive rate at which it may judge. */
const rateLimit = 0.5;

/** How many items the file has: all that is promised, or what a short run has time for. */
export const fileItems = { full: 1_000_000, usual: 100_000 } as const;

/**
 * How `staunch evaluate` takes a file of configuration items of every type, judged by every control, beside the naive lines of
 * `naive.ts` on the same file: rows of what, items a second, items a second of CPU, MB of memory, the part of the naive rate and
 * the limits.
 * @param root the project's folder
 * @param directory where the file may lie: 2 kB an item
 */
export async function evaluateFileRates(
  root: string,
  directory: string,
  items: number = fileItems.usual,
): Promise<string[][]> {
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
  const naively = await measuredRun(root, [naive, file]);
  const gigabytes = ((await stat(file)).size / 1e9).toFixed(2);
  const row = (what: string, { seconds, cpuSeconds, megabytes }: Taken, limits: string) => [
    what,
    (items / seconds).toFixed(0),
    (items / cpuSeconds).toFixed(0),
    megabytes.toFixed(0),
    (naively.seconds / seconds).toFixed(2),
    limits,
  ];
  const limits = `${megabytesLimit} MB, ${rateLimit}`;
  const evaluate = [script, 'evaluate', ...controls, file];
  return [
    row(`naive lines, ${items} items (${gigabytes} GB)`, naively, ''),
    row('staunch evaluate', await measuredRun(root, evaluate), limits),
    row('staunch evaluate --summary', await measuredRun(root, [...evaluate, '--summary']), limits),
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
