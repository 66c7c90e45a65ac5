import type { Host } from '../operator/host';
import { printable } from '../resources/kit/printable';
import { planText } from './decide/decision-text';
import { withProgress } from './progress';
import { complain, say } from './say';
import { standardOutput } from './terminal';

/** The face of the command line: plans go to standard output; progress, and what cannot be understood, to standard error. */
export const terminalHost: Host = {
  progress: (what, work) => withProgress(what, process.stderr, work),
  showPlan: (record) => say(planText(record, 'The plan', standardOutput().colours)),
  leftOut: (error) => complain(printable(error.message)),
};
