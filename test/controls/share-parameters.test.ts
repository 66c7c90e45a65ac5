import {
  newlyUntrusted,
  shareParametersSchema,
  shareWithOrganizationsParametersSchema,
} from '../../controls/share-parameters';

const partner = '444455556666';
const other = '777788889999';
const organization = 'o-aaaaaaaaaa';

describe('the parameters of controls over what can be shared', () => {
  it('trust nobody in particular by default, so that whom a list names is not looked at', () => {
    expect(shareParametersSchema.parse({})).toEqual({ trustedAccounts: [] });
    expect(shareWithOrganizationsParametersSchema.parse({})).toEqual({
      trustedAccounts: [],
      trustedOrganizations: [],
    });
  });

  it.each([
    { trustedAccounts: ['4444'] },
    { trustedAccounts: [444455556666] },
    { trustedAccounts: ['*'] },
    { trustedOrganizations: ['arn:aws:organizations::111122223333:organization/o-aaaaaaaaaa'] },
    { trustedOrganizations: ['o-*'] },
    { trusted: [] },
  ])('are no %o', (parameters) => {
    expect(shareWithOrganizationsParametersSchema.safeParse(parameters).success).toBe(false);
  });

  it('know no organizations where a type cannot name them', () => {
    expect(shareParametersSchema.safeParse({ trustedOrganizations: [organization] }).success).toBe(false);
  });
});

describe('a change of whom a policy trusts', () => {
  it('makes every other share dangerous where nobody was looked at before', () => {
    const everyOther = ['sharing with accounts that are not trusted'];
    expect(newlyUntrusted({}, { trustedAccounts: [partner] })).toEqual(everyOther);
    expect(newlyUntrusted({ trustedAccounts: 'all' }, { trustedAccounts: [partner] })).toEqual(everyOther);
  });

  it('makes dangerous whom it trusts no more', () => {
    const before = { trustedAccounts: [partner, other], trustedOrganizations: [organization] };
    expect(newlyUntrusted(before, { trustedAccounts: [partner], trustedOrganizations: [] })).toEqual([
      `sharing with ${other}`,
      `sharing with ${organization}`,
    ]);
  });

  it('makes nothing dangerous where it trusts more, or looks at nobody any more', () => {
    const before = { trustedAccounts: [partner] };
    expect(newlyUntrusted(before, { trustedAccounts: [partner, other] })).toEqual([]);
    expect(newlyUntrusted(before, { trustedAccounts: [] })).toEqual([]);
  });
});
