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
    throw new OperatorError(`No account of the organization ${what}.${meant(key, accountKeys(accounts))}`);
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
  if (unit === undefined)
    throw new OperatorError(
      `There is no organizational unit ${quoted(key)}.${meant(
        key,
        units.map(({ path }) => path),
      )}`,
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

/** Everything by which accounts can be named. */
export function accountKeys(accounts: readonly StructureAccount[]): string[] {
  return accounts.flatMap(({ id, name }) => [name, id]);
}

function quoted(key: string): string {
  return JSON.stringify(printable(key));
}
