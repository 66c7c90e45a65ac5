import type { Condition } from '../../operator/doctor/verdict';

/** How a condition is shown. */
export const mark: Readonly<Record<Condition, string>> = {
  well: '✓',
  'not well': '✗',
  unknown: '?',
  notice: '!',
  'not covered': '-',
};
