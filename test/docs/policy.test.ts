import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compilePolicy } from '../../config/compile';
import { parseOrganization } from '../../config/organization';
import { resolve } from '../../config/resolve';

const text = readFileSync(join(__dirname, '..', '..', 'docs', 'policy.md'), 'utf8');
const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
const organization = parseOrganization(example, 'example.yaml', new Date('2026-11-23T10:00:00Z'));

describe('docs/policy.md', () => {
  it('shows a complete example: it is valid, and has every key', () => {
    const keys = example.match(/^\w+(?=:)/gm);
    expect(keys?.sort()).toEqual(Object.keys(organization).sort());
  });

  it('explains every key', () => {
    for (const key of Object.keys(organization)) expect(text).toMatch(new RegExp(`^\\| \`${key}[\`.]`, 'm'));
  });

  it('says rightly what its example decides', () => {
    const path = ['Prod', 'Workloads', 'Root'].map((name, index) => ({
      id: index === 2 ? 'r-abcd' : `ou-abcd-0000000${index}`,
      name,
    }));
    const place = { accountId: '444444444444', name: 'payments-prod', sameName: 1, path };
    const policy = compilePolicy(organization);

    expect(resolve(policy, place, 's3-public-access')).toMatchObject({
      flag: 'on',
      parameters: { fix: 'lockdown' },
    });
    expect(resolve(policy, { ...place, name: 'other' }, 's3-public-access').flag).toBe('off');
  });
});
