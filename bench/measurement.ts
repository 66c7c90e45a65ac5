import type { Assembly } from '../infra/assembly';

/** One figure of the bench. */
export interface Measurement {
  /** What was measured; with its group's title it names the figure in the history, so that it stays the same from run to run. */
  name: string;
  /** NaN where it could not be measured; `beside` says why. */
  value: number;
  /** Of the value, the limit, and the value before: `ms`, `kB`, `× naive`. */
  unit: string;
  better: 'lower' | 'higher';
  /** The value may be as low, or as high, as this. */
  limit?: number;
  /** A few words: what the value is measured against, or made of. */
  beside?: string;
}

/** What the groups of a run share. */
export interface BenchContext {
  /** The project's folder. */
  root: string;
  /** A folder of this run inside the project, so that packages resolve from it; it is removed afterwards. */
  directory: string;
  /** The app's cloud assembly, and how many seconds `cdk synth` took; synthesized by who asks first. */
  synthesized(): Promise<{ assembly: Assembly; seconds: number }>;
  /** Says on the standard error what is being measured. */
  progress(text: string): void;
}

/** Figures that are measured together. */
export interface MeasurementGroup {
  /** A heading of the table. */
  title: string;
  /** `minutes` is left out by `--quick`; `more` is measured only with `--full`. */
  takes: 'seconds' | 'minutes' | 'more';
  /** @throws Error when nothing of the group could be measured; the other groups are measured all the same */
  measure(context: BenchContext): Promise<Measurement[]>;
}

/** A group, measured. */
export interface MeasuredGroup {
  title: string;
  measurements: Measurement[];
}

/** Which groups are measured. */
export type Extent = 'quick' | 'usual' | 'full';

/** Whether a group is measured in a run of that extent. */
export function isMeasured({ takes }: Pick<MeasurementGroup, 'takes'>, extent: Extent): boolean {
  if (takes === 'seconds') return true;
  return takes === 'minutes' ? extent !== 'quick' : extent === 'full';
}

/** Whether a figure is beyond its limit. */
export function misses({ value, limit, better }: Measurement): boolean {
  if (limit === undefined) return false;
  return better === 'lower' ? !(value <= limit) : !(value >= limit);
}
