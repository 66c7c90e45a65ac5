import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { Course, CourseResult } from '../judging/contest';
import type { BenchContext, Measurement, MeasurementGroup } from '../measurement';

/** Judging from an item's JSON, beside what a few naive lines make of the same item. */
export const judging: MeasurementGroup = {
  title: 'judging, beside bench/naive.ts',
  takes: 'seconds',
  async measure(context) {
    context.progress('Judging items, and naively in turn …');
    const results = await contestIn(context);
    return results.map(({ control, course, ours, naive, ratio }) => {
      const limit = limitOf(control, course);
      return {
        name: `${control}, ${course}`,
        value: ratio,
        unit: '× naive',
        better: 'higher',
        ...(limit !== undefined && { limit }),
        beside: `${perSecond(ours)}/s, naive ${perSecond(naive)}/s`,
      } satisfies Measurement;
    });
  },
};

/** Policies and ACLs are text that naive lines parse too, so that buckets and queues are held to a limit over all as well. */
function limitOf(control: string, course: Course): number | undefined {
  if (course === 'a third dangerous') return control.startsWith('security-group-') ? undefined : 0.8;
  return { harmless: 0.8, dangerous: 0.5, 'dangerous, planned': 0.25 }[course];
}

/** Bundled as functions are, and in a process of its own. */
async function contestIn({ root, directory }: BenchContext): Promise<CourseResult[]> {
  const outfile = join(directory, 'contest.js');
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/judging/contest.ts'],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
  });
  const { stdout } = await promisify(execFile)(process.execPath, [outfile]);
  return JSON.parse(stdout) as CourseResult[];
}

function perSecond(rate: number): string {
  return Math.round(rate).toLocaleString('en-US');
}
