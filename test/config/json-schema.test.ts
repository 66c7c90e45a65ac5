import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyJsonSchema } from '../../config/json-schema';
import { customControls } from '../../controls/registry';

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
    expect(properties.freezes.type).toEqual(['array', 'null']);
    expect(properties.freezes.items.required).toEqual(['from', 'to', 'reason']);
    for (const key of ['approvals', 'retention']) {
      expect(properties[key]).not.toHaveProperty('required');
      expect(properties[key].type).toEqual(['object', 'null']);
    }
  });

  it('knows durations, and moments of freezes, as the file writes them', () => {
    const { approvals, retention, freezes, limits } = JSON.parse(policyJsonSchema()).properties;
    expect(approvals.properties.expire).toMatchObject({ type: 'string', default: '24h' });
    expect(retention.properties.findings).toMatchObject({ type: 'string', default: '365d' });
    expect(retention.properties.undo).toMatchObject({ type: 'string', default: '365d' });
    expect(limits.properties.failuresPerHour).toMatchObject({ type: 'integer', minimum: 1, default: 10 });
    const matches = ({ pattern }: { pattern: string }, text: string) => new RegExp(pattern).test(text);
    expect(
      ['30m', '24h', '7d', '24', '0h', '1w'].map((text) => matches(approvals.properties.expire, text)),
    ).toEqual([true, true, true, false, false, false]);
    expect(['30d', '24h'].map((text) => matches(retention.properties.undo, text))).toEqual([true, false]);
    const { from, to } = freezes.items.properties;
    for (const moment of [from, to]) {
      expect(matches(moment, '2026-12-19')).toBe(true);
      expect(matches(moment, '2026-12-19T18:00:00+01:00')).toBe(true);
      expect(matches(moment, '19.12.2026')).toBe(false);
    }
  });

  it('describes every parameter of every control, so that an editor shows what it is for', () => {
    const { properties } = JSON.parse(policyJsonSchema()).properties.autoResponse;
    const controls = properties.default.anyOf[1].properties.controls.properties;
    expect(Object.keys(controls)).toEqual(customControls.map(({ id }) => id));
    for (const { id } of customControls) {
      const { parameters } = controls[id].anyOf[1].properties;
      for (const [name, property] of Object.entries(parameters.properties)) {
        expect([name, property]).toEqual([
          name,
          expect.objectContaining({ description: expect.any(String) }),
        ]);
      }
    }
  });

  it('describes every key of the policy', () => {
    const { properties } = JSON.parse(policyJsonSchema());
    for (const [key, property] of Object.entries<object>(properties)) {
      expect([key, property]).toEqual([key, expect.objectContaining({ description: expect.any(String) })]);
    }
  });
});
