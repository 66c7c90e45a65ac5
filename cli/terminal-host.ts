import type { Host } from '../operator/host';
import { printable } from '../resources/kit/printable';
import { planText } from './decide/decision-text';
import { withProgress } from './progress';
import { standardOutput } from './terminal';

/** The face of the command line: plans go to standard output; progress, and what cannot be understood, to standard error. */
export const terminalHost: Host = {
  progress: (what, work) => withProgress(what, process.stderr, work),
  showPlan: (record) => console.log(planText(record, 'The plan', standardOutput().colours)),
  leftOut: (error) => console.error(printable(error.message)),
};
