import { heading } from '../kit/diff-line';
import { isPolicyChange } from '../kit/policy/changes';
import { policyChangeLines, policyLines } from '../kit/policy/shown';
import { printable } from '../kit/printable';
import type { Shown } from '../kit/resource-type';
import { queueFromApi } from './model';

/** How queues are shown. */
export const shownQueue: Shown = {
  savedLines(saved) {
    const { url, policy } = queueFromApi(saved);
    return [`url: ${printable(url)}`, ...policyLines(policy)];
  },

  /** What becomes of the statements, under the change's sentence. */
  changeLines: (change) =>
    isPolicyChange(change) ? [heading(change), ...policyChangeLines(change)] : undefined,
};
