import { control } from '../../../controls/kms-public-policy';
import { keyAdapter } from '../../../resources/key/adapter';
import { policyHolder } from './policy-holder';

const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
const region = 'eu-west-1';
const arnIn = (accountId: string) => `arn:aws:kms:${region}:${accountId}:key/${id}`;

/** Keys. Each has a policy, and is managed by its account through it. */
export const key = policyHolder({
  name: 'key',
  control,
  adapter: keyAdapter(),
  region,
  action: 'kms:*',
  mustHavePolicy: true,
  keepsTheAccount: true,
  idIn: () => id,
  plant: (aws, accountId, policy, tags) =>
    aws.kms.createKey(arnIn(accountId), {
      accountId,
      region,
      createdAt: new Date('2026-01-01T00:00:00Z'),
      policy,
      tags,
    }),
  held: (aws, _id, accountId) => aws.kms.key(arnIn(accountId)),
});
