import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadStructure } from '../../../config/structure-file';
import { changesBetween, savedBeside } from '../../../operator/organization/save-structure';
import { plantedOrganization } from '../doctor/organization/planted-organization';

const structure = plantedOrganization().structure();
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'staunch-structure-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('the structure beside a policy', () => {
  it('is written as a whole, and leaves nothing else behind', () => {
    const policy = join(directory, 'organization.yaml');

    const saved = savedBeside(policy, structure);

    expect(saved.changes).toBeUndefined();
    expect(readdirSync(directory)).toEqual(['organization.structure.json']);
    expect(loadStructure(policy)?.accounts).toHaveLength(structure.accounts.length);
    expect(savedBeside(policy, structure).changes).toEqual([]);
  });

  it('gives way where it cannot be understood', () => {
    const policy = join(directory, 'organization.yaml');
    writeFileSync(join(directory, 'organization.structure.json'), 'no JSON');

    expect(savedBeside(policy, structure).changes).toBeUndefined();
    expect(loadStructure(policy)?.rootId).toBe('r-abcd');
  });

  it('tells what came, went and moved', () => {
    const [first, second, ...others] = structure.accounts;
    if (first === undefined || second === undefined) throw new Error('too few accounts');
    const after = { ...structure, accounts: [{ ...second, parentId: 'ou-abcd-sandbox0' }, ...others] };

    expect(changesBetween(structure, after)).toEqual([
      `was ${second.id} security under r-abcd, ACTIVE; is ${second.id} security under ou-abcd-sandbox0, ACTIVE`,
      `goes: ${first.id} management under r-abcd, ACTIVE`,
    ]);
  });
});
