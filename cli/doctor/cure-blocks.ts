import type { Cure } from '../../operator/doctor/cure';
import type { Diagnosis } from '../../operator/doctor/doctor';
import { isUnremarkable, type Verdict } from '../../operator/doctor/verdict';
import { listed } from '../../operator/text/listed';
import { printable } from '../../resources/kit/printable';
import { wrapped } from '../table/wrapped';
import type { Terminal } from '../terminal';
import { commandsOf } from './cure-lines';
import { mark } from './mark';

/** So many are shown; JSON has every one. */
const mostShown = 30;

/** What is wrong, where, and the commands that put it right; alike ones together. */
export function cureBlocks(
  { verdicts, names }: Diagnosis,
  { columns, colours }: Terminal,
  file: string | undefined,
): string[] {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    if (isUnremarkable(verdict)) continue;
    const said = verdict.said?.replace(/\b\d{12}\b/g, '');
    // What could not be read for one reason has one cure, however many checks it leaves without an answer.
    const what = isUnread(verdict) ? [] : [verdict.check, verdict.text];
    const key = JSON.stringify([...what, said, cureKey(verdict.cure)]);
    groups.set(key, [...(groups.get(key) ?? []), verdict]);
  }
  const shown = [...groups.values()].slice(0, mostShown);
  const left = groups.size - shown.length;
  return [
    ...shown.flatMap((alike) => blockOf(alike, { names, columns, file })),
    ...(left > 0 ? ['', colours.dim(`${left} more; --json has every one.`)] : []),
  ];
}

/** Whether AWS refused to tell, as its words say. */
function isUnread({ condition, said }: Verdict): boolean {
  return condition === 'unknown' && said !== undefined;
}

function cureKey(cure: Cure | undefined): unknown {
  return cure && [cure.account, commandsOf(cure)];
}

/** How a block is told. */
interface Telling {
  names: Diagnosis['names'];
  columns: number;
  /** The policy's, as the person at the keyboard named it. */
  file: string | undefined;
}

function blockOf(alike: readonly Verdict[], telling: Telling): string[] {
  const { columns } = telling;
  const [first] = alike;
  if (first === undefined) return [];
  const { condition, said, cure } = first;
  const checks = [...new Set(alike.map(({ check }) => check))];
  const texts = [...new Set(alike.map(({ text }) => text))];
  const text = texts.length === 1 ? texts[0] : 'They cannot be read.';
  const places = [...new Set(alike.map(placeOf))].filter((place) => place !== '');
  const where = places.length === 0 ? '' : ` (${listed(places)})`;
  return [
    '',
    ...wrapped(`${mark[condition]} ${listed(checks)}${where}: ${printable(text ?? '')}`, columns, '  '),
    ...(said === undefined ? [] : wrapped(`  AWS says: ${printable(said)}`, columns, '  ')),
    ...(cure === undefined ? [] : cureText(cure, telling)),
  ];
}

function placeOf({ accountId, region }: Verdict): string {
  return [accountId, region].filter((part) => part !== undefined).join(' ');
}

function cureText(cure: Cure, { names, columns, file }: Telling): string[] {
  const name = names.get(cure.account);
  const account = name === undefined ? cure.account : `${cure.account} (${printable(name)})`;
  return [
    ...(cure.says === undefined ? [] : wrapped(`  ${printable(cure.says)}`, columns, '  ')),
    ...wrapped(`  With credentials of account ${account}:`, columns, '  '),
    ...commandsOf(cure, file).map((command) => `    ${command}`),
  ];
}
