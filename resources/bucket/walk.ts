import { ListBucketsCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { S3ControlClient, type S3ControlClientConfig } from '@aws-sdk/client-s3-control';
import { walkConfiguration } from '../kit/client-configuration';
import { type TypeWalk, walkEach } from '../kit/walk';
import { getAccountPublicAccessBlock } from './calls';
import { type Bucket, blockSettingNames } from './model';
import { readBucketAmongMany } from './read';

/** Up to 10,000. Each takes six calls or more, and what is begun of a page counts only once it is through. */
const bucketsInPage = 50;

/**
 * Walks the buckets of one Region; the account's settings are read once. S3 lists those of the Region alone, of whose endpoint it is
 * asked: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
 * @param overrides of the clients' configuration
 */
export function bucketWalk(
  overrides: { s3?: S3ClientConfig; s3Control?: S3ControlClientConfig } = {},
): TypeWalk<Bucket> {
  return {
    resourceType: 'AWS::S3::Bucket',
    open({ place: { accountId, region }, credentials, signal }) {
      const configuration = walkConfiguration(region, credentials);
      const s3 = new S3Client({ ...configuration, ...overrides.s3 });
      const s3Control = new S3ControlClient({ ...configuration, ...overrides.s3Control });
      let accountBlock: ReturnType<typeof getAccountPublicAccessBlock> | undefined;
      return {
        async page(token) {
          const { Buckets = [], ContinuationToken } = await s3.send(
            new ListBucketsCommand({
              BucketRegion: region,
              MaxBuckets: bucketsInPage,
              ...(token && { ContinuationToken: token }),
            }),
            { abortSignal: signal },
          );
          accountBlock ??= getAccountPublicAccessBlock({ s3Control, accountId, signal });
          // What is refused of the account's settings is refused for the page, and not for each bucket in it.
          const { AccountPublicAccessBlockConfiguration: settings } = await accountBlock;
          const isBlocked = blockSettingNames.every((name) => settings?.[name] === true);
          const block = accountBlock;
          const walked = await walkEach(
            Buckets.flatMap(({ Name }) => Name ?? []),
            (name) => readBucketAmongMany({ s3, s3Control, name, accountId, signal }, block),
          );
          return { walked, isBlocked, ...(ContinuationToken && { next: ContinuationToken }) };
        },
        close() {
          s3.destroy();
          s3Control.destroy();
        },
      };
    },
  };
}
