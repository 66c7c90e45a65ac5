import { printableJson } from '../../resources/kit/printable';
import { type Counts, count, noCounts } from './counts';
import type { EvaluationLine } from './evaluation-line';
import type { Judging } from './judge';

/** So many errors of a block are kept as they are; the others are counted. */
const mostFailures = 20;

/** What the judging of a part of an input came to. */
export interface Evaluated {
  /** A line of JSON for each resource and control, and for what could not be understood; empty where only verdicts were asked for. */
  output: Uint8Array<ArrayBuffer>;
  /** By control, in the order in which they were asked for. */
  counts: Counts[];
  /** About how many resources were judged: of JSON Lines, how many lines. */
  items: number;
  /** How many of them are errors. */
  failed: number;
  /** The first of these errors. */
  failures: Extract<EvaluationLine, { error: string }>[];
}

/**
 * Writes and counts lines.
 * @param items how many resources were judged, if that is known; else one for each line
 */
export function evaluated(
  lines: Iterable<EvaluationLine>,
  { judges, wish }: Judging,
  items?: number,
): Evaluated {
  const counts = judges.map(noCounts);
  const byId = new Map(judges.map(({ control }, index) => [control.id, counts[index] as Counts]));
  const only = counts.length === 1 ? counts[0] : undefined;
  const failures: Evaluated['failures'] = [];
  let text = '';
  let number = 0;
  let failed = 0;
  for (const line of lines) {
    number += 1;
    if ('error' in line) {
      failed += 1;
      if (failures.length < mostFailures) failures.push(line);
    } else count(line, only ?? (byId.get(line.control ?? '') as Counts));
    if (wish === 'plan') text += `${printableJson(line)}\n`;
  }
  return { output: new TextEncoder().encode(text), counts, items: items ?? number, failed, failures };
}
