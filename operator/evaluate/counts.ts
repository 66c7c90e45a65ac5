import type { EvaluationLine } from './evaluation-line';

/** How many resources came to what, by one control. */
export interface Counts {
  compliant: number;
  nonCompliant: number;
  notApplicable: number;
  /** What the input does not decide. */
  undecided: number;
  /** What is wrong with those that do not comply, all together. */
  violations: number;
}

/** Counts of nothing yet. */
export function noCounts(): Counts {
  return { compliant: 0, nonCompliant: 0, notApplicable: 0, undecided: 0, violations: 0 };
}

/** Counts a line that is no error. */
export function count(line: Exclude<EvaluationLine, { error: string }>, counts: Counts): void {
  if (line.compliance === 'COMPLIANT') counts.compliant += 1;
  else if (line.compliance === 'NON_COMPLIANT') {
    counts.nonCompliant += 1;
    counts.violations += line.violations.length;
  } else if (line.undecided === undefined) counts.notApplicable += 1;
  else counts.undecided += 1;
}

/** Adds counts to others. */
export function addCounts(counts: Counts, more: Counts): void {
  for (const key of Object.keys(counts) as (keyof Counts)[]) counts[key] += more[key];
}
