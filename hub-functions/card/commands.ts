import { findingId } from '../../core/finding';
import type { RemediationReport } from '../../core/report';
import type { FindingState } from '../../core/states';
import { findingCommand } from '../../core/staunch-command';

/** What a person may do about a finding, beside looking at it. */
const actions: Partial<Record<FindingState, readonly string[]>> = {
  waiting: ['approve', 'deny'],
  denied: ['approve'],
  fixed: ['undo'],
  failed: ['retry'],
  'given-up': ['retry'],
};

/**
 * What only a person can add. `WHEN` is no time, so that an undo that is copied as it stands exposes nothing: the command says
 * then which forms it takes.
 */
const toFillIn: Readonly<Record<string, string>> = {
  deny: ' --reason WHY',
  undo: ' --reason WHY --until WHEN',
};

/** What an action is called where its name does not say what it does. */
const warnings: Readonly<Record<string, string>> = { undo: 'undo (exposes the resource again)' };

/**
 * The commands that show, approve, deny, undo or retry a finding, to be copied: what it does, and the command line. What a person has to
 * fill in stands in capitals. None where
 * the finding's name holds what a shell might take for its own.
 * @param besideButtons leaves out what a button does as well, but for the undo: it is what to have at hand where Slack is away
 */
export function commandsFor(
  { finding, occurrence, state, plan }: Pick<RemediationReport, 'finding' | 'occurrence' | 'state' | 'plan'>,
  besideButtons: boolean,
): [action: string, command: string][] {
  const name = findingId(finding, occurrence);
  const given = (actions[state] ?? []).filter((action) => !besideButtons || action === 'undo');
  return ['show', ...given].flatMap((action) => {
    // What is lost stands in the same message.
    const options = `${toFillIn[action] ?? ''}${action === 'approve' && plan?.lossy ? ' --accept-loss' : ''}`;
    const command = findingCommand(action, name, options);
    return command === undefined ? [] : [[warnings[action] ?? action, command]];
  });
}
