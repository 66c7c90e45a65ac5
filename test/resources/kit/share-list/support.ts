import fc from 'fast-check';
import type { ShareCalls } from '../../../../resources/kit/share-list/share-calls';
import type { ShareWords } from '../../../../resources/kit/share-list/share-words';
import {
  type SharedResource,
  type Sharee,
  type ShareList,
  sharedWithNobody,
  shareeKey,
  withoutSharees,
} from '../../../../resources/kit/share-list/shared-resource';

export const words: ShareWords = {
  noun: 'snapshot',
  everybodyMay: 'read it',
  service: 'EC2',
  block: 'block public access',
};

export const own = '111122223333';
export const organization = (id: string) => `arn:aws:organizations::111122223333:organization/${id}`;
export const unit = (id: string) => `arn:aws:organizations::111122223333:ou/${id}/ou-abcd-12345678`;

export const resource = (share: Partial<ShareList>, more: Partial<SharedResource> = {}): SharedResource => ({
  id: 'snap-1',
  accountId: own,
  share: { ...sharedWithNobody, ...share },
  ...more,
});

const accountIds = [own, '222222222222', '333333333333', '444444444444'];
const organizationIds = ['o-aaaaaaaaaa', 'o-bbbbbbbbbb'];

/** Any resource, with few accounts and organizations, so that lists meet. */
export const anyResource: fc.Arbitrary<SharedResource> = fc.record(
  {
    id: fc.constant('snap-1'),
    accountId: fc.constant(own),
    share: fc.record({
      everybody: fc.boolean(),
      accounts: fc.subarray(accountIds),
      organizations: fc.subarray(organizationIds.flatMap((id) => [organization(id), unit(id)])),
    }),
    blocked: fc.constantFrom('all' as const, 'new' as const, 'none' as const),
  },
  { requiredKeys: ['id', 'share'] },
);

/** Any parameters. */
export const anyTrusted = fc.record({
  trustedAccounts: fc.subarray(accountIds),
  trustedOrganizations: fc.subarray(organizationIds),
});

/** A service that holds one list, and refuses single ones. */
export class FakeShares implements ShareCalls {
  readonly refusals = ['Refused'];
  readonly missing = ['NotFound'];
  readonly wrote: string[] = [];
  isGone = false;

  constructor(
    public share: ShareList,
    readonly perCall = 500,
    private readonly refused: readonly Sharee[] = [],
  ) {}

  async read() {
    return this.isGone ? 'gone' : this.share;
  }

  async remove(sharees: readonly Sharee[]) {
    this.wrote.push(`remove ${sharees.map(shareeKey).join(', ')}`);
    this.share = withoutSharees(this.share, sharees);
  }

  async add(sharees: readonly Sharee[]) {
    this.wrote.push(`add ${sharees.map(shareeKey).join(', ')}`);
    const keys = this.refused.map(shareeKey);
    if (sharees.some((sharee) => keys.includes(shareeKey(sharee)))) {
      throw Object.assign(new Error('AWS says no.'), { name: 'Refused' });
    }
    for (const sharee of sharees) {
      if ('group' in sharee) this.share = { ...this.share, everybody: true };
      else if ('account' in sharee) {
        this.share = { ...this.share, accounts: [...this.share.accounts, sharee.account] };
      } else {
        this.share = { ...this.share, organizations: [...this.share.organizations, sharee.organization] };
      }
    }
  }
}
