import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import * as z from 'zod';
import { accountIdPattern } from '../core/finding';
import { organizationalUnitIdPattern, parentIdPattern, rootIdPattern } from './formats';
import type { SavedStructure } from './saved-structure';

/** The command that reads the organization and writes the file. */
export const structureCommand = 'npm run -s staunch -- structure';

/** Thrown when the file cannot be used; says which command writes it anew. */
export class StructureFileError extends Error {
  override readonly name = 'StructureFileError';
}

const parentId = z.string().regex(parentIdPattern);
const name = z.string().max(128);
const schema = z.strictObject({
  version: z.literal(1),
  rootId: z.string().regex(rootIdPattern),
  units: z.array(z.strictObject({ id: z.string().regex(organizationalUnitIdPattern), parentId, name })),
  accounts: z.array(
    z.strictObject({
      id: z.string().regex(accountIdPattern),
      name,
      parentId,
      status: z.string().regex(/^[A-Z_]{1,40}$/),
    }),
  ),
});

/** Where the structure of a policy file's organization lies: `organization.structure.json` beside `organization.yaml`. */
export function structureFileOf(policyFile: string): string {
  return `${policyFile.replace(/\.ya?ml$/i, '')}.structure.json`;
}

/**
 * The structure that lies beside a policy file; undefined where there is none.
 * @throws StructureFileError when it cannot be read or is no whole organization
 */
export function loadStructure(policyFile: string): SavedStructure | undefined {
  const file = structureFileOf(policyFile);
  if (!existsSync(file)) return undefined;
  const shown = basename(file);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new StructureFileError(`${shown} cannot be read. ${anew}`, { cause });
  }
  return parseStructure(text, shown);
}

/**
 * Reads a structure from text.
 * @param file its name, for errors
 * @throws StructureFileError when it is no whole organization
 */
export function parseStructure(text: string, file: string): SavedStructure {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new StructureFileError(`${file} is not JSON. ${anew}`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole').slice(0, 3);
    throw new StructureFileError(`${file} is malformed at ${where.join(', ')}. ${anew}`);
  }
  const loose = looseEnd(parsed.data);
  if (loose !== undefined)
    throw new StructureFileError(`${file} is no whole organization: ${loose}. ${anew}`);
  return parsed.data;
}

/** A structure as the file holds it: in an order that depends on nothing else, so that a change of one account is a change of one line. */
export function structureText({ rootId, units, accounts }: SavedStructure): string {
  const lines = (items: readonly object[]) => items.map((item) => `    ${JSON.stringify(item)}`).join(',\n');
  const sortedUnits = sorted(units).map(({ id, parentId, name }) => ({ id, parentId, name }));
  const sortedAccounts = sorted(accounts).map(({ id, name, parentId, status }) => ({
    id,
    name,
    parentId,
    status,
  }));
  return `{
  "version": 1,
  "rootId": ${JSON.stringify(rootId)},
  "units": [${sortedUnits.length === 0 ? '' : `\n${lines(sortedUnits)}\n  `}],
  "accounts": [${sortedAccounts.length === 0 ? '' : `\n${lines(sortedAccounts)}\n  `}]
}
`;
}

const anew = `Write it anew: ${structureCommand}`;

function sorted<Item extends { id: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** What does not lead to the root, or stands there twice; undefined where nothing does. */
function looseEnd({ rootId, units, accounts }: SavedStructure): string | undefined {
  const parents = new Map(units.map(({ id, parentId }) => [id, parentId]));
  if (parents.size < units.length) return 'a unit stands there twice';
  if (new Set(accounts.map(({ id }) => id)).size < accounts.length) return 'an account stands there twice';
  const loose = [...units, ...accounts].find(({ parentId }) => !reaches(rootId, parentId, parents));
  return loose && `${loose.id} lies under nothing that leads to the root`;
}

function reaches(rootId: string, from: string, parents: ReadonlyMap<string, string>): boolean {
  let id: string | undefined = from;
  for (let steps = 0; id !== undefined && steps <= parents.size; steps += 1) {
    if (id === rootId) return true;
    id = parents.get(id);
  }
  return false;
}
