import { Command } from 'commander';
import { controls } from '../../controls/registry';
import { type FindingState, states } from '../../core/states';
import { type FindingWords, filterOf } from '../../operator/findings/finding-filter';
import { type FindingList, listFindings } from '../../operator/findings/list-findings';
import { printableJson } from '../../resources/kit/printable';
import { findingJson } from '../findings/finding-json';
import { findingsTable } from '../findings/findings-table';
import { plansText } from '../findings/plans-text';
import { stopLines } from '../pause/stop-lines';
import { regionOption } from '../region-option';
import { standardOutput } from '../terminal';
import { withHub } from '../with-hub';

interface FindingsOptions {
  state: string[];
  waiting?: boolean;
  reported?: boolean;
  failed?: boolean;
  held?: boolean;
  account?: string;
  control?: string;
  all?: boolean;
  plans?: boolean;
  json?: boolean;
  region?: string;
}

/** Options that stand for states. */
const shortcuts = {
  waiting: { states: ['waiting'], text: 'only those that an operator has to decide on' },
  reported: { states: ['reported'], text: 'only those that a flag keeps from being fixed' },
  failed: {
    states: ['failed', 'given-up'],
    text: 'only those whose fix failed and is retried, or was given up',
  },
  held: { states: ['held'], text: 'only those whose fix waits for its time' },
} as const satisfies Record<string, { states: readonly FindingState[]; text: string }>;

/** `staunch findings`: what the ledger holds. */
export function findingsCommand(finish: (status: number) => void): Command {
  const command = new Command('findings').description(
    "Lists the ledger's findings: open ones first, then the worst, then the newest.",
  );
  for (const [name, { text }] of Object.entries(shortcuts)) command.option(`--${name}`, text);
  return command
    .option(
      '--state <state>',
      `only in this state; may be given again: ${Object.keys(states).join(', ')}`,
      collect,
      [],
    )
    .option('--account <account>', 'only of this account, by id or by name')
    .option('--control <id>', `only of this control: ${controls.map(({ id }) => id).join(', ')}`)
    .option('--all', 'earlier occurrences as well, not just the latest of each finding')
    .option('--plans', 'account by account, under each finding its exact changes, as a diff')
    .option('--json', 'JSON Lines: a finding a line')
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
It reads the ledger in the hub's account, with the credentials that the AWS
command line would use. It requires dynamodb:Scan, dynamodb:Query and
dynamodb:GetItem on the table staunch-ledger. --account with a name also
requires what staunch plan requires of AWS Organizations.

Options that name states add up. If something is paused, the first line says
so; with --json, standard error does.

Exit status: 0 when the ledger was read, even if no finding matches; 1 when it
could not be read.

Examples:
  npm run -s staunch -- findings
  npm run -s staunch -- findings --waiting --plans
  npm run -s staunch -- findings --state waiting --state given-up
  npm run -s staunch -- findings --account payments-prod --all
  AWS_PROFILE=security npm run -s staunch -- findings --region eu-west-1 --json`,
    )
    .action(async (options: FindingsOptions) => {
      const filter = filterOf(wordsOf(options));
      const list = await withHub(options.region, (hub) => listFindings(hub, filter, options.account));
      // Standard output is for findings alone then.
      for (const line of stopLines(list.paused, list.places))
        (options.json ? console.error : console.log)(line);
      // An id that was mistyped finds nothing, which must not look like an account without findings.
      if (list.unknownAccount !== undefined)
        console.error(`Account ${list.unknownAccount} is not in the organization, as far as the hub knows.`);
      print(list, options);
      finish(0);
    });
}

function print(
  { findings, ledgerIsEmpty, nameOf, places }: FindingList,
  { json, plans }: FindingsOptions,
): void {
  if (json) {
    for (const record of findings) process.stdout.write(`${printableJson(findingJson(record))}\n`);
    return;
  }
  if (findings.length === 0) {
    console.log(ledgerIsEmpty ? 'The ledger holds no findings.' : 'No finding is like that.');
    return;
  }
  const terminal = standardOutput();
  console.log(
    plans
      ? plansText(findings, nameOf, terminal.colours, places)
      : findingsTable(findings, nameOf, terminal, places),
  );
}

function collect(value: string, earlier: string[]): string[] {
  return [...earlier, value];
}

function wordsOf(options: FindingsOptions): FindingWords {
  const { state, control, all = false } = options;
  const short = Object.entries(shortcuts).flatMap(([name, { states }]) =>
    options[name as keyof typeof shortcuts] ? states : [],
  );
  return { states: [...state, ...short], ...(control !== undefined && { control }), all };
}
