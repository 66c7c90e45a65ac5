import { type FindingWords, filterOf } from '../../operator/findings/finding-filter';
import { type FindingList, listFindings } from '../../operator/findings/list-findings';
import { printable, printableJson } from '../../resources/kit/printable';
import { deputiesJson, deputiesText } from '../findings/deputies-text';
import { findingJson } from '../findings/finding-json';
import { findingsTable } from '../findings/findings-table';
import { plansText } from '../findings/plans-text';
import { stateShortcuts } from '../findings/state-shortcuts';
import { stopLines } from '../pause/stop-lines';
import { complain, say } from '../say';
import { standardOutput } from '../terminal';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch findings`. */
export interface FindingsOptions extends HubOptions {
  state?: string[];
  waiting?: boolean;
  reported?: boolean;
  failed?: boolean;
  held?: boolean;
  account?: string;
  control?: string;
  all?: boolean;
  plans?: boolean;
  json?: boolean;
}

/**
 * Lists findings, and what is reported beside them.
 * @returns the exit status
 */
export async function runFindings(options: FindingsOptions): Promise<number> {
  const filter = filterOf(wordsOf(options));
  const list = await withHub(options, (hub) => listFindings(hub, filter, options.account));
  // Standard output is for findings alone then.
  for (const line of list.paused ? stopLines(list.paused, list.places) : [])
    (options.json ? complain : say)(line);
  // An id that was mistyped finds nothing, which must not look like an account without findings.
  if (list.unknownAccount !== undefined)
    complain(
      printable(
        `Account ${list.unknownAccount} is not in the organization, as far as the hub knows. aws organizations list-accounts lists those that are.`,
      ),
    );
  print(list, options);
  return 0;
}

function print(
  { findings, ledgerIsEmpty, nameOf, deputies, places }: FindingList,
  { json, plans }: FindingsOptions,
): void {
  if (json) {
    for (const line of [...findings.map(findingJson), ...deputies.map(deputiesJson)])
      process.stdout.write(`${printableJson(line)}\n`);
    return;
  }
  const terminal = standardOutput();
  if (findings.length === 0) say(ledgerIsEmpty ? 'There are no findings.' : 'No finding is like that.');
  else if (plans) say(plansText(findings, nameOf, terminal.colours, places));
  else say(findingsTable(findings, nameOf, terminal, places));
  const beside = deputiesText(deputies);
  if (beside !== undefined) say(beside);
}

function wordsOf(options: FindingsOptions): FindingWords {
  const { state = [], control, all = false } = options;
  const short = Object.entries(stateShortcuts).flatMap(([name, { states }]) =>
    options[name as keyof typeof stateShortcuts] ? states : [],
  );
  return { states: [...state, ...short], ...(control !== undefined && { control }), all };
}
