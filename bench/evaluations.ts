import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { customControls } from '../controls/registry';
import { secondsOf } from './command';
import { mixedItems } from './items/registry';

const itemCount = 10_000;
const seed = 20_261_123;

/**
 * Configuration items that each control judges and plans for in a second, on one core; and the same through `staunch
 * evaluate` on a file, start-up included.
 * @param directory where the files may lie
 */
export async function evaluationRates(root: string, directory: string): Promise<string[][]> {
  const items = mixedItems(itemCount, seed);
  const rows: string[][] = [];
  for (const control of customControls) {
    const own = items.filter(({ resourceType }) => resourceType === control.resourceType);
    const parameters = control.parameters.parse({});
    const begin = performance.now();
    let dangerous = 0;
    for (const item of own) {
      const resource = control.fromConfigurationItem(item);
      const { violations } = control.evaluate(resource, parameters);
      control.plan(resource, violations, parameters);
      if (violations.length > 0) dangerous += 1;
    }
    const rate = own.length / ((performance.now() - begin) / 1000);

    const file = join(directory, `${control.id}.jsonl`);
    await writeFile(file, own.map((item) => JSON.stringify(item)).join('\n'));
    const seconds = await secondsOf(root, process.execPath, [
      'scripts/staunch.js',
      'evaluate',
      '--control',
      control.id,
      file,
    ]);
    rows.push([
      control.id,
      `${own.length} (${dangerous})`,
      rate.toFixed(0),
      (own.length / Number.parseFloat(seconds)).toFixed(0),
    ]);
  }
  return rows;
}
