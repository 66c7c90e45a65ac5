import type { TrailCall } from '../../core/trail-call';
import { isFields, isText } from '../kit/input';
import type { Touched, TrailEvents } from '../kit/trail-events';

/** The four settings of a block, all of which have to be on for nothing to be open. */
const blockSettings = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
] as const;

/**
 * What CloudTrail records of calls about buckets. Some names differ from the API's:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
 */
export const bucketTrail: TrailEvents = {
  source: 's3.amazonaws.com',
  names: [
    'CreateBucket',
    'PutBucketAcl',
    'PutBucketPolicy',
    'DeleteBucketPolicy',
    'PutBucketPublicAccessBlock',
    'DeleteBucketPublicAccessBlock',
    'PutBucketOwnershipControls',
    'DeleteBucketOwnershipControls',
    'PutBucketWebsite',
    'DeleteBucketWebsite',
  ],
  // A bucket is made with its public access blocked, and one that is made with a public ACL is refused; what opens it later is
  // an event of its own. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html
  opening: [
    'PutBucketAcl',
    'PutBucketPolicy',
    'PutBucketPublicAccessBlock',
    'DeleteBucketPublicAccessBlock',
    'PutBucketOwnershipControls',
    'DeleteBucketOwnershipControls',
    'PutAccountPublicAccessBlock',
    'DeleteAccountPublicAccessBlock',
  ],

  touched(call, { accountId }): Touched | undefined {
    if (setsWholeBlock(call)) return undefined;
    // The account's block holds for its buckets in every Region.
    if (call.eventName.endsWith('AccountPublicAccessBlock')) return { everyOne: 'in-account' };
    if (isAnothers(call, accountId)) return undefined;
    const id = call.requestParameters?.bucketName;
    return isText(id) ? { ids: [id] } : undefined;
  },
};

function setsWholeBlock({ eventName, requestParameters }: TrailCall): boolean {
  const block = requestParameters?.PublicAccessBlockConfiguration;
  const isSet = eventName.startsWith('Put') && eventName.endsWith('PublicAccessBlock');
  return isSet && isFields(block) && blockSettings.every((setting) => block[setting] === true);
}

/**
 * Whether the bucket is another account's: CloudTrail records a call in the account of whoever made it as well.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html#cloudtrail-object-level-crossaccount
 */
function isAnothers({ resources = [] }: TrailCall, accountId: string): boolean {
  return resources.some(
    ({ type, accountId: owner }) => type === 'AWS::S3::Bucket' && owner !== undefined && owner !== accountId,
  );
}
