import type { Holding } from './holding';

const shut = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** Buckets that are shut, one in five with a policy. */
export const buckets: Holding = {
  usual: 5,
  large: 200,
  plant(aws, { accountId, region }, index) {
    const name = `bucket-${accountId}-${region}-${index}`;
    const policy = JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${accountId}:root` },
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:::${name}/*`,
        },
      ],
    });
    aws.s3.createBucket(name, {
      accountId,
      region,
      block: shut,
      ownership: 'BucketOwnerEnforced',
      ...(index % 5 === 0 && { policy }),
    });
  },
};
