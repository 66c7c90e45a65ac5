import { keyFacts } from '../../../resources/key/facts';
import type { WalkedPlace, WalkedType } from './walked-type';

/** Keys, with the policy that KMS gives each itself. */
export const keys: WalkedType = {
  type: 'AWS::KMS::Key',
  inPage: 200,
  list: 'ListKeys',
  read: { command: 'GetKeyPolicy', names: (input) => 'KeyId' in input && input.KeyId },
  throttled: 'ThrottlingException',
  plant(aws, of, number) {
    const id = `1234abcd-12ab-34cd-56ef-${number.toString(16).padStart(12, '0')}`;
    const Principal = { AWS: `arn:aws:iam::${of.accountId}:root` };
    const own = { Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' };
    const policy = JSON.stringify({ Statement: [own] });
    aws.kms.createKey(arnOf(id, of), { ...of, createdAt: new Date(0), policy });
    return id;
  },
  remove: (aws, id, of) => aws.kms.deleteKey(arnOf(id, of)),
};

function arnOf(id: string, { accountId, region }: WalkedPlace): string {
  return keyFacts.arn(accountId, region, id);
}
