import type { SavedStructure } from '../../config/saved-structure';
import {
  loadStructure,
  StructureFileError,
  structureFileOf,
  structureText,
} from '../../config/structure-file';
import { writeWhole } from '../files/write-whole';
import type { Hub } from '../hub/hub';
import { askStructure } from './ask-structure';
import { savedStructureOf } from './saved-structure';

/** What came of saving an organization's structure. */
export interface SavedStructureChange {
  /** The file's path. */
  file: string;
  structure: SavedStructure;
  /** Accounts and units that differ from what the file said before, a line each; undefined where there was no file that could be read. */
  changes?: string[];
}

/**
 * Reads the organization, and writes it beside a policy's file.
 * @throws OperatorError when AWS Organizations cannot be asked; what the file system throws when the file cannot be written
 */
export async function saveStructure(hub: Hub, policyFile: string): Promise<SavedStructureChange> {
  const structure = savedStructureOf(await askStructure(hub));
  return savedBeside(policyFile, structure);
}

/**
 * Writes a structure beside a policy's file.
 * @throws what the file system throws
 */
export function savedBeside(policyFile: string, structure: SavedStructure): SavedStructureChange {
  const before = known(policyFile);
  const file = structureFileOf(policyFile);
  writeWhole(file, structureText(structure));
  return { file, structure, ...(before && { changes: changesBetween(before, structure) }) };
}

/** What cannot be understood gives way. */
function known(policyFile: string): SavedStructure | undefined {
  try {
    return loadStructure(policyFile);
  } catch (error) {
    if (error instanceof StructureFileError) return undefined;
    throw error;
  }
}

/** Accounts and units that came, went or changed, a line each. Pure. */
export function changesBetween(before: SavedStructure, after: SavedStructure): string[] {
  const lines = ({ units, accounts }: SavedStructure) =>
    new Map(
      [...units, ...accounts].map((item) => [
        item.id,
        `${item.id} ${item.name} under ${item.parentId}${'status' in item ? `, ${item.status}` : ''}`,
      ]),
    );
  const [old, now] = [lines(before), lines(after)];
  return [
    ...[...now].flatMap(([id, line]) => {
      const then = old.get(id);
      if (then === undefined) return [`comes: ${line}`];
      return then === line ? [] : [`was ${then}; is ${line}`];
    }),
    ...[...old].flatMap(([id, line]) => (now.has(id) ? [] : [`goes: ${line}`])),
  ];
}
