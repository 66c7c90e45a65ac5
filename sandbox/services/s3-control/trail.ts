import { writtenBodies } from '../s3/trail-bodies';
import type { Trail } from '../service';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html#cloudtrail-account-level-tracking */
const eventNames: Readonly<Record<string, string>> = {
  PutPublicAccessBlock: 'PutAccountPublicAccessBlock',
  DeletePublicAccessBlock: 'DeleteAccountPublicAccessBlock',
};

/** The account's own settings of S3, which CloudTrail records as S3's; they have no name. */
export const trail: Trail = {
  source: 's3.amazonaws.com',
  namesOf: () => [],
  eventName: (operation) => eventNames[operation] ?? operation,
  userAgent: (header) => `[${header}]`,
  requestParameters: ({ parameters, accountId, region }) => ({
    Host: `${accountId}.s3-control.${region}.amazonaws.com`,
    ...writtenBodies(parameters),
  }),
};
