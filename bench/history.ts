import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod/mini';
import type { MeasuredGroup } from './measurement';

/** What a run leaves behind. */
const runSchema = z.object({
  date: z.string(),
  /** The commit that was measured, followed by `+` where files differed from it. */
  commit: z.string(),
  /** Values by `figureName`. */
  figures: z.record(z.string(), z.number()),
});

/** A run of the bench, as a line of the history. */
export type BenchRun = z.infer<typeof runSchema>;

/** What names a figure from run to run. */
export function figureName(group: string, name: string): string {
  return `${group}: ${name}`;
}

/** The line of a run, without its end. What could not be measured is not in it. */
export function historyLine(date: Date, commit: string, groups: readonly MeasuredGroup[]): string {
  const figures = groups.flatMap(({ title, measurements }) =>
    measurements
      .filter(({ value }) => Number.isFinite(value))
      .map(({ name, value }) => [figureName(title, name), Number(value.toPrecision(6))] as const),
  );
  return JSON.stringify({
    date: date.toISOString(),
    commit,
    figures: Object.fromEntries(figures),
  } satisfies BenchRun);
}

/**
 * The newest value of each figure: a run does not measure all of them. Lines that are none are passed over.
 * @param text of the history
 */
export function newestFigures(text: string): Map<string, number> {
  const newest = new Map<string, number>();
  for (const line of text.split('\n')) {
    const run = runSchema.safeParse(parsed(line));
    if (!run.success) continue;
    for (const [name, value] of Object.entries(run.data.figures)) newest.set(name, value);
  }
  return newest;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The text of the history; empty where there is none yet. */
export async function readHistory(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Adds a run's line to the history. */
export async function appendHistory(file: string, line: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${line}\n`);
}
