import type { ItemMaker } from './item-maker';
import { policyText } from './statements';

const owner = 'f'.repeat(64);
const ownGrant = { grantee: { id: owner, displayName: null }, permission: 'FullControl' };
const grantees = ['AllUsers', 'AuthenticatedUsers', 'LogDelivery', 'LogDelivery', { id: 'e'.repeat(64) }];

/** Buckets with policies, ACLs and block settings, and with the parts that decide nothing. */
export const bucketItem: ItemMaker = (index, choice) => {
  const { below, oneOf, several } = choice;
  const name = `bucket-${index}`;
  const grants = [
    ownGrant,
    ...several(2, () => ({ grantee: oneOf(grantees), permission: oneOf(['Read', 'Write']) })),
  ];
  return {
    resourceType: 'AWS::S3::Bucket',
    resourceId: name,
    resourceName: name,
    ARN: `arn:aws:s3:::${name}`,
    configuration: {
      name,
      creationDate: '2025-03-04T05:06:07.000Z',
      owner: { displayName: null, id: owner },
      region: 'eu-west-1',
    },
    supplementaryConfiguration: {
      AccessControlList: JSON.stringify({
        grantSet: null,
        grantList: grants,
        owner: { displayName: null, id: owner },
        isRequesterCharged: false,
      }),
      BucketAccelerateConfiguration: { status: null },
      BucketLoggingConfiguration: { destinationBucketName: 'access-logs', logFilePrefix: `${name}/` },
      BucketNotificationConfiguration: { configurations: {} },
      BucketPolicy: { policyText: policyText(choice, 's3:GetObject', `arn:aws:s3:::${name}/*`) },
      BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: null },
      IsRequesterPaysEnabled: false,
      ...(below(4) > 0 && {
        PublicAccessBlockConfiguration: {
          blockPublicAcls: below(2) === 0,
          ignorePublicAcls: below(2) === 0,
          blockPublicPolicy: below(2) === 0,
          restrictPublicBuckets: below(3) === 0,
        },
      }),
      ServerSideEncryptionConfiguration: {
        rules: [
          {
            applyServerSideEncryptionByDefault: {
              sseAlgorithm: 'aws:kms',
              kmsMasterKeyID: 'alias/documents',
            },
            bucketKeyEnabled: true,
          },
        ],
      },
    },
  };
};
