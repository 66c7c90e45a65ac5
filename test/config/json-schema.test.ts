import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyJsonSchema } from '../../config/json-schema';

const config = join(__dirname, '..', '..', 'config');

describe("the policy's JSON Schema", () => {
  it('is committed as the schema makes it', () => {
    // Otherwise: npm run -s staunch -- validate --schema > config/organization.schema.json
    expect(readFileSync(join(config, 'organization.schema.json'), 'utf8')).toBe(policyJsonSchema());
  });

  it('is named by the first line of the policy', () => {
    const [first] = readFileSync(join(config, 'organization.yaml'), 'utf8').split('\n');
    expect(first).toBe('# yaml-language-server: $schema=./organization.schema.json');
  });

  it('asks only for what has no default, and lets a section be empty whose entries are commented out', () => {
    const { required, properties } = JSON.parse(policyJsonSchema());
    expect(required).toEqual(['organization', 'hub', 'targets', 'slack']);
    expect(properties.autoResponse).not.toHaveProperty('required');
    expect(properties.autoResponse.properties.accounts.type).toEqual(['object', 'null']);
    expect(properties.exemptions.type).toEqual(['array', 'null']);
  });

  it('describes every key of the policy', () => {
    const { properties } = JSON.parse(policyJsonSchema());
    for (const [key, property] of Object.entries<object>(properties)) {
      expect([key, property]).toEqual([key, expect.objectContaining({ description: expect.any(String) })]);
    }
  });
});
