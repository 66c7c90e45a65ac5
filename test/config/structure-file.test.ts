import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  loadStructure,
  parseStructure,
  StructureFileError,
  structureFileOf,
  structureText,
} from '../../config/structure-file';
import { structure } from './support/structure';

describe('the structure file', () => {
  it('lies beside the policy', () => {
    expect(structureFileOf('config/organization.yaml')).toBe('config/organization.structure.json');
    expect(structureFileOf('/a/b.c/mine.yml')).toBe('/a/b.c/mine.structure.json');
  });

  it('is read as it was written, in the same text whatever the order, an account a line', () => {
    const text = structureText(structure);
    const shuffled = {
      ...structure,
      units: structure.units.toReversed(),
      accounts: structure.accounts.toReversed(),
    };
    expect(structureText(shuffled)).toBe(text);
    expect(structureText(parseStructure(text, 'file'))).toBe(text);
    expect(text.split('\n').filter((line) => line.includes('"ACTIVE"'))).toHaveLength(6);
    const empty = { ...structure, units: [], accounts: [] };
    expect(parseStructure(structureText(empty), 'file')).toEqual(empty);
  });

  it.each([
    ['no JSON', 'x', 'file is not JSON. Write it anew: npm run -s staunch -- structure'],
    ['another version', structureText(structure).replace('1', '2'), 'malformed at version'],
    [
      'an id that is none',
      structureText(structure).replace('ou-abcd-workcell"', 'cell"'),
      'malformed at units.2.id',
    ],
    [
      'a unit under nothing',
      structureText(structure).replace('"parentId":"ou-abcd-workload"', '"parentId":"ou-abcd-nothing0"'),
      'lies under nothing',
    ],
    [
      'units under each other',
      structureText(structure).replace(
        '"id":"ou-abcd-workload","parentId":"r-abcd"',
        '"id":"ou-abcd-workload","parentId":"ou-abcd-workcell"',
      ),
      'lies under nothing',
    ],
    [
      'an account twice',
      structureText({ ...structure, accounts: [...structure.accounts, ...structure.accounts] }),
      'an account stands there twice',
    ],
  ])('is refused with the command that writes it anew: %s', (_, text, message) => {
    expect(() => parseStructure(text, 'file')).toThrow(StructureFileError);
    expect(() => parseStructure(text, 'file')).toThrow(message);
  });

  it('may be absent', () => {
    const folder = mkdtempSync(join(tmpdir(), 'staunch-structure-test-'));
    try {
      const policy = join(folder, 'organization.yaml');
      expect(loadStructure(policy)).toBeUndefined();
      writeFileSync(structureFileOf(policy), structureText(structure));
      expect(loadStructure(policy)?.accounts).toHaveLength(7);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
