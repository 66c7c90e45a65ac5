import { structureNews, structureNewsText } from '../../../cli/deploy/old-structure';
import { plantedOrganization, policyOf } from '../../operator/doctor/organization/planted-organization';

const policy = policyOf();
const saved = plantedOrganization().structure();

describe('a structure file beside the organization as it is', () => {
  it('is no news where only the order differs', () => {
    const live = { ...saved, accounts: saved.accounts.toReversed(), units: saved.units.toReversed() };

    expect(structureNews(policy, saved, live)).toBeUndefined();
  });

  it('is told, and makes no difference, where an account has another name', () => {
    const [first, ...others] = saved.accounts;
    if (!first) throw new Error('no account');
    const news = structureNews(policy, saved, {
      ...saved,
      accounts: [{ ...first, name: 'renamed' }, ...others],
    });

    expect(news).toMatchObject({ isElsewhere: false });
    expect(news && structureNewsText(news, 'organization.structure.json')).toContain('renamed');
  });

  it('makes a difference where an account has gone that is named by itself', () => {
    const gone = new Set(['444444444444']);
    const accounts = saved.accounts.filter(({ id }) => !gone.has(id));

    expect(structureNews(policy, saved, { ...saved, accounts })).toMatchObject({ isElsewhere: true });
  });
});
