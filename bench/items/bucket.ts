import type { ItemMaker } from './item-maker';
import { policyText } from './statements';

const grantees = ['AllUsers', 'AuthenticatedUsers', 'LogDelivery', { id: 'f'.repeat(64) }];

/** Buckets with policies, ACLs and block settings. */
export const bucketItem: ItemMaker = (index, choice) => {
  const { below, oneOf, several } = choice;
  const name = `bucket-${index}`;
  return {
    resourceType: 'AWS::S3::Bucket',
    resourceId: name,
    resourceName: name,
    configuration: { name },
    supplementaryConfiguration: {
      AccessControlList: JSON.stringify({
        grantSet: null,
        grantList: several(3, () => ({
          grantee: oneOf(grantees),
          permission: oneOf(['Read', 'Write', 'FullControl']),
        })),
        owner: { displayName: null, id: 'f'.repeat(64) },
      }),
      BucketPolicy: { policyText: policyText(choice, 's3:GetObject', `arn:aws:s3:::${name}/*`) },
      PublicAccessBlockConfiguration: {
        blockPublicAcls: below(2) === 0,
        ignorePublicAcls: below(4) === 0,
        blockPublicPolicy: below(2) === 0,
        restrictPublicBuckets: below(4) === 0,
      },
    },
  };
};
