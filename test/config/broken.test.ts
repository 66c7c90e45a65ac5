import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadOrganization } from '../../config/organization';
import { PolicyError } from '../../config/policy-error';
import { customFacts } from '../../controls/facts';
import { readAt } from './support/policy';

const folder = join(__dirname, 'broken');
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

function complaint(file: string): string {
  try {
    loadOrganization(join(folder, file), file, readAt);
  } catch (error) {
    if (error instanceof PolicyError) return `${error.message}\n`;
    throw error;
  }
  return 'valid\n';
}

describe('each broken policy', () => {
  it('is there, fifteen kinds of them', () => {
    expect(files).toHaveLength(15);
  });

  it.each(files)('is told with every place, value and what would be right: %s', (file) => {
    const expected = readFileSync(join(folder, file.replace(/yaml$/, 'txt')), 'utf8');
    const controls = customFacts.map(({ id }) => id).join(', ');
    expect(complaint(file)).toBe(expected.replace('<every control that can be set>', controls));
  });
});
