import { Command } from 'commander';
import { closest } from '../../config/did-you-mean';
import { controls } from '../../controls/registry';
import { type FindingState, states } from '../../core/states';
import type { PlaceNames } from '../../ledger/place-names';
import type { FindingRecord } from '../../ledger/record';
import { everyFinding } from '../../operator/findings/find-finding';
import { shortNames } from '../../operator/findings/finding-name';
import { type FindingFilter, selectFindings } from '../../operator/findings/select-findings';
import { type Hub, withHub } from '../../operator/hub/hub';
import { accountIdOf } from '../../operator/organization/account-id';
import { pausedNow } from '../../operator/pause/paused-now';
import { printableJson } from '../../operator/text/printable';
import { findingJson } from '../findings/finding-json';
import { findingsTable } from '../findings/findings-table';
import { plansText } from '../findings/plans-text';
import { regionOption } from '../region-option';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';

interface FindingsOptions {
  state: string[];
  waiting?: boolean;
  reported?: boolean;
  failed?: boolean;
  held?: boolean;
  account?: string;
  control?: string;
  all: boolean;
  plans: boolean;
  json: boolean;
  region?: string;
}

/** Options that stand for states. */
const shortcuts = {
  waiting: { states: ['waiting'], text: 'only those that somebody has to decide on' },
  reported: { states: ['reported'], text: 'only those that a flag keeps from being fixed' },
  failed: { states: ['failed', 'given-up'], text: 'only those whose fix failed, for now or for good' },
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
    .option('--all', 'earlier occurrences as well, not just the latest of each finding', false)
    .option('--plans', 'account by account, under each finding its exact changes, as a diff', false)
    .option('--json', 'JSON Lines: a finding a line', false)
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
It reads the ledger in the hub's account, with the credentials that the AWS command line would use, and needs no more than
dynamodb:Scan, dynamodb:Query and dynamodb:GetItem on the table staunch-ledger; --account with a name also needs what staunch plan
needs of AWS Organizations. Names of accounts are those that the hub knows.

Options that name states add up. While something is paused, the first line says so; with --json, standard error does.

Exit status: 0 when the ledger was read, also when no finding matches, 1 when it could not be read.

Examples:
  npm run -s staunch -- findings
  npm run -s staunch -- findings --waiting --plans
  npm run -s staunch -- findings --state waiting --state given-up
  npm run -s staunch -- findings --account payments-prod --control s3-public-access --all
  AWS_PROFILE=security npm run -s staunch -- findings --region eu-west-1 --json`,
    )
    .action(async (options: FindingsOptions) => {
      const asked = filterOf(options);
      const { records, paused, filter, names } = await withHub(options.region, async (hub) => ({
        filter: await withAccount(hub, asked, options.account),
        paused: await pausedNow(hub),
        records: await everyFinding(hub),
        names: await hub.names(),
      }));
      // Standard output is for findings alone then.
      for (const line of paused) (options.json ? console.error : console.log)(line);
      const found = selectFindings(records, filter);
      const unknown = found.length === 0 ? unknownAccount(filter.accountId, records, names) : undefined;
      if (unknown !== undefined) console.error(unknown);
      print(records, found, names, options);
      finish(0);
    });
}

function print(
  records: readonly FindingRecord[],
  found: readonly FindingRecord[],
  places: PlaceNames,
  { json, plans }: FindingsOptions,
): void {
  if (json) {
    for (const record of found) process.stdout.write(`${printableJson(findingJson(record))}\n`);
    return;
  }
  if (found.length === 0) {
    console.log(records.length === 0 ? 'The ledger holds no findings.' : 'No finding is like that.');
    return;
  }
  const names = shortNames(records);
  const nameOf = (record: FindingRecord) => names.get(record) ?? record.finding;
  const terminal = standardOutput();
  console.log(
    plans
      ? plansText(found, nameOf, terminal.colours, places)
      : findingsTable(found, nameOf, terminal, places),
  );
}

/** An id that was mistyped finds nothing, which must not look like an account without findings. */
function unknownAccount(
  accountId: string | undefined,
  records: readonly FindingRecord[],
  places: PlaceNames,
): string | undefined {
  if (accountId === undefined || places.account(accountId) !== undefined) return undefined;
  const known = records.some(({ identity }) => places.account(identity.accountId) !== undefined);
  return known ? `Account ${accountId} is not in the organization, as far as the hub knows.` : undefined;
}

/** A name is asked of AWS Organizations; an id is taken as it is. */
async function withAccount(
  hub: Hub,
  filter: FindingFilter,
  account: string | undefined,
): Promise<FindingFilter> {
  return account === undefined ? filter : { ...filter, accountId: await accountIdOf(hub, account) };
}

function collect(value: string, earlier: string[]): string[] {
  return [...earlier, value];
}

function filterOf(options: FindingsOptions): FindingFilter {
  const { state, control, all } = options;
  if (control !== undefined)
    oneOf(
      '--control',
      control,
      controls.map(({ id }) => id),
    );
  for (const name of state) oneOf('--state', name, Object.keys(states));
  const wanted = [
    // Each is a key of the table of states.
    ...(state as FindingState[]),
    ...Object.entries(shortcuts).flatMap(([name, { states }]) =>
      options[name as keyof typeof shortcuts] ? states : [],
    ),
  ];
  return {
    ...(wanted.length > 0 && { states: wanted }),
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
