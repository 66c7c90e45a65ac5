import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Measurement, MeasurementGroup } from '../measurement';

/** What `scripts/test-times` records. */
const timesSchema = z.object({
  startedAt: z.string(),
  seconds: z.number(),
  tests: z.number(),
  files: z.array(z.object({ file: z.string(), seconds: z.number(), tests: z.number() })),
});

/** How many files are shown. */
const shown = 10;
/** Of a whole run on two cores, in seconds. */
const limit = 240;

/** What the last whole run of `npm test` took, and its slowest files. */
export const tests: MeasurementGroup = {
  title: 'tests',
  takes: 'seconds',
  async measure({ root }) {
    return testFigures(await recorded(join(root, '.staunch', 'test-times.json')));
  },
};

/**
 * The figures of a recorded run.
 * @param text the record, as JSON; undefined where there is none
 * @throws ZodError, SyntaxError when it is no record
 */
export function testFigures(text: string | undefined): Measurement[] {
  const whole = { name: 'the last whole npm test', unit: 's', better: 'lower' } as const;
  if (text === undefined)
    return [{ ...whole, value: Number.NaN, beside: 'no run is recorded: run npm test' }];
  const { startedAt, seconds, tests: count, files } = timesSchema.parse(JSON.parse(text));
  const slowest = files.toSorted((one, other) => other.seconds - one.seconds).slice(0, shown);
  return [
    {
      ...whole,
      value: seconds,
      limit,
      beside: `${count} tests in ${files.length} files, ${startedAt.slice(0, 16).replace('T', ' ')} UTC`,
    },
    ...slowest.map(
      ({ file, seconds: value, tests: own }): Measurement => ({
        name: file,
        value,
        unit: 's',
        better: 'lower',
        beside: `${own} tests`,
      }),
    ),
  ];
}

async function recorded(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
