import fc from 'fast-check';
import { ResourceInputError } from '../../../../core/errors';
import { shareAfter } from '../../../../resources/kit/share-list/changes';
import { shareOfPermissions } from '../../../../resources/kit/share-list/ec2-permissions';
import { sharePlan } from '../../../../resources/kit/share-list/plan';
import type { SharedResource } from '../../../../resources/kit/share-list/shared-resource';
import { type TrustedSharees, undecidedShare } from '../../../../resources/kit/share-list/trusted';
import { shareEvaluation } from '../../../../resources/kit/share-list/verdict';
import { anyResource, anyTrusted, organization, own, resource, unit, words } from './support';

const trustNobody: TrustedSharees = { trustedAccounts: [] };
const partner = '444455556666';

/** What may stay of a list, worked out entry by entry, and not by the planner. */
function mayStay(
  { accountId, share, blocked }: SharedResource,
  { trustedAccounts, trustedOrganizations = [] }: TrustedSharees,
) {
  const all = trustedAccounts.length === 0 && trustedOrganizations.length === 0;
  const organizationOf = (arn: string) => arn.split('/')[1] ?? '';
  return {
    everybody: share.everybody && blocked === 'all',
    accounts: share.accounts.filter((id) => all || id === accountId || trustedAccounts.indexOf(id) >= 0),
    organizations: share.organizations.filter(
      (arn) => all || trustedOrganizations.indexOf(organizationOf(arn)) >= 0,
    ),
  };
}

describe('a list of EC2', () => {
  it('names all whom an element names, and never nobody', () => {
    expect(shareOfPermissions([{ Group: 'all', UserId: partner }], 'list')).toMatchObject({
      everybody: true,
      accounts: [partner],
    });
    expect(() => shareOfPermissions([{ Group: null }], 'list')).toThrow(ResourceInputError);
    expect(() => shareOfPermissions([{ Group: 'everyone' }], 'list')).toThrow(ResourceInputError);
  });
});

describe('a share list', () => {
  it('loses everybody and the untrusted, nobody else, and is compliant then', () => {
    void fc.assert(
      fc.property(anyResource, anyTrusted, (shared, trusted) => {
        const plan = sharePlan(shared, trusted, words);
        const left = shareAfter(shared, JSON.parse(JSON.stringify(plan.changes)));
        expect(left.share).toEqual(mayStay(shared, trusted));
        expect(shareEvaluation(left, trusted, words).compliance).toBe('COMPLIANT');
        expect(sharePlan(left, trusted, words).changes).toEqual([]);
        const isDangerous = shareEvaluation(shared, trusted, words).compliance === 'NON_COMPLIANT';
        expect(isDangerous).toBe(plan.changes.length > 0);
        expect(plan.lossy).toBe(plan.losses.length > 0);
      }),
      { seed: 20_261_127, numRuns: 500 },
    );
  });

  it('is public where it names everybody, whoever else is on it', () => {
    const shared = resource({ everybody: true, accounts: [partner] });
    expect(shareEvaluation(shared, trustNobody, words)).toEqual({
      compliance: 'NON_COMPLIANT',
      violations: [
        {
          kind: 'public-share',
          text: 'The snapshot is shared with everybody: any AWS account may read it.',
          detail: { group: 'all' },
        },
      ],
    });
    expect(sharePlan(shared, trustNobody, words)).toEqual({
      changes: [{ action: 'removeShare', text: 'Stop sharing the snapshot with everybody.', group: 'all' }],
      lossy: false,
      losses: [],
    });
  });

  it('is open to nobody where a block keeps everybody out, and a danger again where the block is gone', () => {
    const shared = resource({ everybody: true }, { blocked: 'all' });
    expect(shareEvaluation(shared, trustNobody, words).compliance).toBe('COMPLIANT');
    for (const blocked of ['new', 'none'] as const) {
      expect(shareEvaluation({ ...shared, blocked }, trustNobody, words).compliance).toBe('NON_COMPLIANT');
    }
  });

  it('can lose everybody for ever where a setting refuses to give that back, and says so', () => {
    const { lossy, losses } = sharePlan(
      resource({ everybody: true }, { blocked: 'new' }),
      trustNobody,
      words,
    );
    expect(lossy).toBe(true);
    expect(losses).toEqual([
      'Sharing the snapshot with everybody cannot be taken back: EC2 refuses it while block public access is on.',
    ]);
  });

  it('keeps whom it names where the policy trusts nobody in particular', () => {
    const shared = resource({ accounts: [partner], organizations: [organization('o-aaaaaaaaaa')] });
    expect(shareEvaluation(shared, trustNobody, words).compliance).toBe('COMPLIANT');
  });

  it('keeps its own account, whom the policy trusts, and units of trusted organizations', () => {
    const shared = resource({
      accounts: [own, partner, '999999999999'],
      organizations: [unit('o-aaaaaaaaaa'), organization('o-bbbbbbbbbb'), 'something else'],
    });
    const trusted = { trustedAccounts: [partner], trustedOrganizations: ['o-aaaaaaaaaa'] };
    const { changes, losses } = sharePlan(shared, trusted, words);
    expect(shareAfter(shared, changes).share).toEqual({
      everybody: false,
      accounts: [own, partner],
      organizations: [unit('o-aaaaaaaaaa')],
    });
    expect(losses).toContain('Account 999999999999 loses the snapshot.');
    expect(losses).toHaveLength(3);
  });

  it('is undecided where what decides was not read', () => {
    const named = resource({}, { unread: 'named' });
    const nothing = resource({}, { unread: 'everything' });
    expect(undecidedShare(named, trustNobody, 'snapshot')).toBeUndefined();
    expect(undecidedShare(named, { trustedAccounts: [partner] }, 'snapshot')).toMatch(/cannot be told/);
    expect(undecidedShare(nothing, trustNobody, 'snapshot')).toMatch(/cannot be told/);
    expect(undecidedShare(resource({}), { trustedAccounts: [partner] }, 'snapshot')).toBeUndefined();
  });
});
