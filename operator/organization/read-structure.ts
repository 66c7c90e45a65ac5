import {
  type Account,
  type OrganizationsClient,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
import { isClosedAccount } from '../../core/closed-account';
import { OperatorError } from '../errors';
import type { OrganizationStructure, StructureAccount, StructureUnit } from './structure';

/**
 * Reads the whole organization. The management account and delegated administrators may:
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html
 * @param progress hears, after each unit, how much was read
 * @throws OperatorError when the organization changed meanwhile so that what was read is no whole; and the SDK's errors
 */
export async function readStructure(
  client: OrganizationsClient,
  progress: (read: OrganizationStructure) => void = () => undefined,
): Promise<OrganizationStructure> {
  const structure: OrganizationStructure = { units: [await readRoot(client)], accounts: [] };
  try {
    // What is found is appended, and visited in its turn.
    for (const unit of structure.units) {
      const [units, accounts] = await Promise.all([unitsIn(client, unit), accountsIn(client, unit)]);
      structure.units.push(...units);
      structure.accounts.push(...accounts);
      progress(structure);
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'ParentNotFoundException') throw changedMeanwhile();
    throw error;
  }
  if (new Set(structure.accounts.map(({ id }) => id)).size < structure.accounts.length)
    throw changedMeanwhile();
  return structure;
}

async function readRoot(client: OrganizationsClient): Promise<StructureUnit> {
  for await (const { Roots: roots = [] } of paginateListRoots({ client }, {})) {
    const [root] = roots;
    if (root?.Id) return { id: root.Id, path: '/', chain: [{ id: root.Id, name: root.Name ?? '' }] };
  }
  throw new OperatorError('AWS Organizations names no root of the organization. Try again.');
}

async function unitsIn(client: OrganizationsClient, parent: StructureUnit): Promise<StructureUnit[]> {
  const found: StructureUnit[] = [];
  const pages = paginateListOrganizationalUnitsForParent({ client }, { ParentId: parent.id });
  for await (const { OrganizationalUnits: units = [] } of pages) {
    for (const { Id: id = '', Name: name = '' } of units) {
      const path = parent.path === '/' ? `/${name}` : `${parent.path}/${name}`;
      found.push({ id, path, chain: [{ id, name }, ...parent.chain] });
    }
  }
  return found;
}

async function accountsIn(client: OrganizationsClient, unit: StructureUnit): Promise<StructureAccount[]> {
  const found: StructureAccount[] = [];
  const pages = paginateListAccountsForParent({ client }, { ParentId: unit.id });
  for await (const { Accounts: accounts = [] } of pages)
    found.push(...accounts.map((account) => accountOf(account, unit)));
  return found;
}

function accountOf(account: Account, unit: StructureUnit): StructureAccount {
  const { Id: id = '', Name: name = '' } = account;
  return { id, name, unit, closed: isClosedAccount(account) };
}

function changedMeanwhile(): OperatorError {
  return new OperatorError('The organization was changed while it was being read. Try again.');
}
