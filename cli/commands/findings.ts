import { Command } from 'commander';
import { closest } from '../../config/did-you-mean';
import { accountIdPattern } from '../../contract/finding';
import { type FindingState, states } from '../../contract/states';
import { controls } from '../../controls/registry';
import { findingJson } from '../findings/finding-json';
import { findingsTable } from '../findings/findings-table';
import { type FindingFilter, selectFindings } from '../findings/select-findings';
import { everyFinding } from '../hub/find-finding';
import { shortNames } from '../hub/finding-name';
import { withHub } from '../hub/hub';
import { regionOption } from '../hub/region-option';
import { printableJson } from '../printable';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';

interface FindingsOptions {
  state: string[];
  account?: string;
  control?: string;
  all: boolean;
  json: boolean;
  region?: string;
}

/** `staunch findings`: what the ledger holds. */
export function findingsCommand(finish: (status: number) => void): Command {
  return new Command('findings')
    .description("Lists the ledger's findings: open ones first, then the worst, then the newest.")
    .option(
      '--state <state>',
      `only in this state; may be given again: ${Object.keys(states).join(', ')}`,
      collect,
      [],
    )
    .option('--account <id>', 'only of this account')
    .option('--control <id>', `only of this control: ${controls.map(({ id }) => id).join(', ')}`)
    .option('--all', 'earlier occurrences as well, not just the latest of each finding', false)
    .option('--json', 'JSON Lines: a finding a line', false)
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
It reads the ledger in the hub's account, with the credentials that the AWS command line would use, and needs no more than
dynamodb:Scan, dynamodb:Query and dynamodb:GetItem on the table staunch-ledger.

Exit status: 0 when the ledger was read, also when no finding matches, 1 when it could not be read.

Examples:
  npm run -s staunch -- findings
  npm run -s staunch -- findings --state waiting --state given-up
  npm run -s staunch -- findings --account 111122223333 --control s3-public-access --all
  AWS_PROFILE=security npm run -s staunch -- findings --region eu-west-1 --json`,
    )
    .action(async (options: FindingsOptions) => {
      const filter = filterOf(options);
      const records = await withHub(options.region, everyFinding);
      const found = selectFindings(records, filter);
      if (options.json) {
        for (const record of found) process.stdout.write(`${printableJson(findingJson(record))}\n`);
      } else if (found.length === 0) {
        console.log(records.length === 0 ? 'The ledger holds no findings.' : 'No finding is like that.');
      } else {
        const names = shortNames(records);
        console.log(findingsTable(found, (record) => names.get(record) ?? record.finding, standardOutput()));
      }
      finish(0);
    });
}

function collect(value: string, earlier: string[]): string[] {
  return [...earlier, value];
}

function filterOf({ state, account, control, all }: FindingsOptions): FindingFilter {
  if (account !== undefined && !accountIdPattern.test(account))
    throw new UserError(
      `--account is ${JSON.stringify(account)}, and should be an account's id: twelve digits.`,
      2,
    );
  if (control !== undefined)
    oneOf(
      '--control',
      control,
      controls.map(({ id }) => id),
    );
  for (const wanted of state) oneOf('--state', wanted, Object.keys(states));
  return {
    // Each is a key of the table of states.
    ...(state.length > 0 && { states: state as FindingState[] }),
    ...(account !== undefined && { accountId: account }),
    ...(control !== undefined && { control }),
    all,
  };
}

function oneOf(option: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  const meant = closest(value, known);
  throw new UserError(
    `${option} is ${JSON.stringify(value)}, which does not exist. ${meant === undefined ? `There are: ${known.join(', ')}.` : `Did you mean ${meant}?`}`,
    2,
  );
}
