import { type Severity, severities } from '../../core/violation';
import { addCounts, type Counts, noCounts } from './counts';
import type { Evaluated } from './evaluated';
import { evaluatedControl } from './evaluated-control';

/** What an evaluation came to by one control. */
export interface ControlSummary extends Counts {
  control: string;
  severity: Severity;
}

/** What an evaluation came to. */
export interface Summary {
  /** The worst first. */
  controls: ControlSummary[];
  /** How many resources do not comply, by the severity of what they violate; the worst first. */
  bySeverity: Partial<Record<Severity, number>>;
  /** How many lines are errors: what could not be understood. */
  failed: number;
}

/** Adds up what the parts of an input came to. */
export class SummaryMaker {
  private readonly counts: Counts[];
  private failed = 0;

  /** @param controls ids, as they were asked for */
  constructor(private readonly controls: readonly string[]) {
    this.counts = controls.map(noCounts);
  }

  add({ counts, failed }: Evaluated): void {
    for (const [index, own] of this.counts.entries()) addCounts(own, counts[index] ?? noCounts());
    this.failed += failed;
  }

  summary(): Summary {
    const all = this.controls.map((control, index) => ({
      control,
      severity: evaluatedControl(control).severity,
      ...(this.counts[index] as Counts),
    }));
    const controls = severities.flatMap((severity) => all.filter((one) => one.severity === severity));
    const bySeverity: Summary['bySeverity'] = {};
    for (const { severity, nonCompliant } of controls)
      bySeverity[severity] = (bySeverity[severity] ?? 0) + nonCompliant;
    return { controls, bySeverity, failed: this.failed };
  }
}
