import pc from 'picocolors';
import { summaryText } from '../../../cli/evaluate/summary';
import type { Summary } from '../../../operator/evaluate/summary';

const summary: Summary = {
  controls: [
    {
      control: 'security-group-open-ports',
      severity: 'critical',
      compliant: 272_757,
      nonCompliant: 60_643,
      notApplicable: 666_600,
      undecided: 12,
      violations: 93_375,
    },
    {
      control: 'sqs-public-policy',
      severity: 'high',
      compliant: 5,
      nonCompliant: 1,
      notApplicable: 0,
      undecided: 0,
      violations: 1,
    },
  ],
  bySeverity: { critical: 60_643, high: 1 },
  failed: 2,
};

const text = (columns: number) => summaryText(summary, { colours: pc.createColors(false), columns });

describe('the summary of an evaluation', () => {
  it('has a line for each control, and says how many resources violate each severity', () => {
    expect(text(Number.POSITIVE_INFINITY).split('\n')).toEqual([
      'severity  control                    non-compliant  violations  compliant  undecided  not applicable',
      expect.stringContaining('────'),
      'critical  security-group-open-ports         60,643      93,375    272,757         12         666,600',
      'high      sqs-public-policy                      1           1          5          0               0',
      '',
      'Non-compliant by severity: 60,643 critical, 1 high.',
      'Not understood: 2.',
    ]);
  });

  it('fits a terminal of 80 columns', () => {
    expect(
      Math.max(
        ...text(79)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(80);
    expect(text(79)).toContain('60,643');
    expect(text(79)).toContain('\nA wider terminal also shows: violations, not applicable.\n');
  });
});
