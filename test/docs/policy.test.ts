import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compilePolicy } from '../../config/compile';
import { freezeFor } from '../../config/freeze';
import { parseOrganization } from '../../config/organization';
import { resolve } from '../../config/resolve';
import { organizationSchema } from '../../config/schema/organization';
import { mayOrder } from '../../decision/people';

const text = readFileSync(join(__dirname, '..', '..', 'docs', 'policy.md'), 'utf8');
const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
const organization = parseOrganization(example, 'example.yaml', new Date('2026-11-23T10:00:00Z'));

describe('docs/policy.md', () => {
  it('shows a complete example: it is valid, and has every key', () => {
    const keys = example.match(/^\w+(?=:)/gm);
    expect(keys?.sort()).toEqual(Object.keys(organizationSchema.shape).sort());
  });

  it('explains every key', () => {
    for (const key of Object.keys(organizationSchema.shape))
      expect(text).toMatch(new RegExp(`^\\| \`${key}[\`.]`, 'm'));
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

  it('says rightly who may what by its example', () => {
    const policy = compilePolicy(organization);
    const path = [
      { id: 'ou-abcd-00000000', name: 'Sandbox' },
      { id: 'r-abcd', name: 'Root' },
    ];
    const finding = (accountId: string) => ({
      scope: 'account' as const,
      place: { accountId, name: 'other', sameName: 1, path },
      control: 's3-public-access',
    });
    const owner = { kind: 'aws', account: '444444444444', type: 'role', name: 'StaunchOwners' } as const;
    const role = { ...owner, account: '222222222222', name: 'responders' };

    expect(mayOrder(owner, 'approve', finding('444444444444'), policy).allowed).toBe(true);
    expect(mayOrder(owner, 'approve', finding('555555555555'), policy).allowed).toBe(false);
    expect(mayOrder(owner, 'undo', finding('444444444444'), policy).allowed).toBe(false);
    expect(mayOrder(role, 'undo', finding('444444444444'), policy)).toMatchObject({
      needsSecondPerson: true,
    });
    expect(mayOrder({ ...role, name: 'break-glass' }, 'undo', finding('444444444444'), policy)).toMatchObject(
      {
        breakGlass: true,
      },
    );
  });

  it('says rightly when its example freezes, and how long it keeps things', () => {
    const policy = compilePolicy(organization);
    const under = (...names: string[]) => ({
      accountId: '444444444444',
      name: 'other',
      sameName: 1,
      path: [...names, 'Root'].map((name, index) => ({
        id: index === names.length ? 'r-abcd' : `ou-abcd-0000000${index}`,
        name,
      })),
    });
    const frozen = (place: ReturnType<typeof under>, now: string) =>
      freezeFor(policy, place, new Date(now)) !== undefined;
    const production = under('Prod', 'Workloads');

    expect(frozen(production, '2026-12-18T23:59:59Z')).toBe(false);
    expect(frozen(production, '2026-12-19T00:00:00Z')).toBe(true);
    expect(frozen(production, '2027-01-06T23:59:59Z')).toBe(true);
    expect(frozen(production, '2027-01-07T00:00:00Z')).toBe(false);
    expect(frozen(under('Sandbox'), '2026-12-24T00:00:00Z')).toBe(false);
    expect(frozen({ ...under('Sandbox'), accountId: '333333333333' }, '2026-12-24T00:00:00Z')).toBe(true);
    expect(frozen(under('Sandbox'), '2027-02-13T00:00:00Z')).toBe(true);
    expect(policy.approvals).toEqual({ expireMinutes: 24 * 60 });
    expect(policy.retention).toEqual({ findingsDays: 365, undoDays: 365 });
  });
});
