import { keyFacts } from '../../../resources/key/facts';
import type { Holding } from './holding';

/** Keys with the policy that KMS gives each itself. */
export const keys: Holding = {
  usual: 5,
  large: 100,
  plant(aws, { accountId, region }, index) {
    const id = `1234abcd-12ab-34cd-56ef-${index.toString(16).padStart(12, '0')}`;
    const policy = ownPolicy(accountId);
    aws.kms.createKey(keyFacts.arn(accountId, region, id), {
      accountId,
      region,
      createdAt: new Date(0),
      policy,
    });
  },
};

function ownPolicy(accountId: string): string {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
