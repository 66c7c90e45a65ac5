import type { ItemMaker } from './item-maker';
import { policyText } from './statements';

const root = {
  Sid: 'Own',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'kms:*',
  Resource: '*',
};

/** Keys that their account manages, with further statements. */
export const keyItem: ItemMaker = (index, choice) => {
  const keyId = `1234abcd-12ab-34cd-56ef-${String(index).padStart(12, '0')}`;
  const arn = `arn:aws:kms:eu-west-1:111122223333:key/${keyId}`;
  const others = JSON.parse(policyText(choice, 'kms:Decrypt', '*') ?? '{"Statement":[]}') as {
    Statement: object[];
  };
  return {
    resourceType: 'AWS::KMS::Key',
    resourceId: keyId,
    resourceName: keyId,
    ARN: arn,
    configuration: {
      arn,
      keyId,
      awsaccountId: '111122223333',
      keyManager: 'CUSTOMER',
      keyState: 'Enabled',
      keyUsage: 'ENCRYPT_DECRYPT',
      origin: 'AWS_KMS',
      enabled: true,
      description: '',
    },
    supplementaryConfiguration: {
      KeyRotationStatus: true,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: [root, ...others.Statement] }),
    },
  };
};
