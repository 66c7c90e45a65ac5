import { closest } from '../../config/did-you-mean';
import { isUnitPath } from '../../config/formats';
import { accountIdPattern } from '../../core/finding';
import { printable } from '../../resources/kit/printable';
import { OperatorError } from '../errors';
import type { OrganizationStructure, StructureAccount, StructureUnit } from './structure';

/**
 * The account that a person named, by its id, or by a name that it alone has.
 * @throws OperatorError when there is none, or several
 */
export function findAccount({ accounts }: OrganizationStructure, key: string): StructureAccount {
  const byId = accountIdPattern.test(key);
  const found = accounts.filter((account) => (byId ? account.id : account.name) === key);
  const [account, ...others] = found;
  if (account === undefined) {
    const what = byId ? `has the id ${key}` : `is named ${quoted(key)}`;
    const names = accounts.map(({ name }) => name);
    throw new OperatorError(
      `No account of the organization ${what}.${idForm(key)}${meantOrAll(key, accountKeys(accounts), names)}`,
    );
  }
  if (others.length === 0) return account;
  const ids = found.map(({ id }) => id).join(', ');
  throw new OperatorError(`${found.length} accounts are named ${quoted(key)}: name it by its id (${ids}).`);
}

/**
 * The organizational unit that a person named, by its id, or by its path; `/` for the root.
 * @throws OperatorError when there is none, or several
 */
export function findUnit({ units }: OrganizationStructure, key: string): StructureUnit {
  const found = units.filter(({ id, path }) => (isUnitPath(key) ? path : id) === key);
  const [unit, ...others] = found;
  const paths = units.map(({ path }) => path);
  if (unit === undefined)
    throw new OperatorError(
      `There is no organizational unit ${quoted(key)}.${meantOrAll(key, paths, paths)}`,
    );
  if (others.length === 0) return unit;
  const ids = found.map(({ id }) => id).join(', ');
  throw new OperatorError(`The path ${quoted(key)} means ${found.length} units: name it by its id (${ids}).`);
}

/** ` Did you mean …?`, where something is close. */
export function meant(key: string, known: readonly string[]): string {
  const near = closest(key, known);
  return near === undefined ? '' : ` Did you mean ${printable(near)}?`;
}

/** So many are named where nothing is close. */
const mostNamed = 10;

/** ` Did you mean …?`, or where nothing is close, all there are. */
function meantOrAll(key: string, known: readonly string[], all: readonly string[]): string {
  const near = meant(key, known);
  if (near !== '' || all.length === 0) return near;
  const more = all.length > mostNamed ? `, and ${all.length - mostNamed} more` : '';
  return ` There are: ${all.slice(0, mostNamed).map(printable).join(', ')}${more}.`;
}

/** Digits alone are meant to be an id. */
function idForm(key: string): string {
  return /^\d+$/.test(key) && !accountIdPattern.test(key) ? ' An id has 12 digits.' : '';
}

/** Everything by which accounts can be named. */
export function accountKeys(accounts: readonly StructureAccount[]): string[] {
  return accounts.flatMap(({ id, name }) => [name, id]);
}

function quoted(key: string): string {
  return JSON.stringify(printable(key));
}
