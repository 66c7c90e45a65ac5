import type { Trail } from '../service';
import { writtenBodies } from './trail-bodies';

/**
 * Operations whose events have other names than the API's:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html#cloudtrail-bucket-level-tracking
 */
const eventNames: Readonly<Record<string, string>> = {
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  DeletePublicAccessBlock: 'DeleteBucketPublicAccessBlock',
};

/** S3's records name some parameters by the headers that carry them, each as a list. */
const headerNames: Readonly<Record<string, string>> = {
  ACL: 'x-amz-acl',
  GrantFullControl: 'x-amz-grant-full-control',
  GrantRead: 'x-amz-grant-read',
  GrantReadACP: 'x-amz-grant-read-acp',
  GrantWrite: 'x-amz-grant-write',
  GrantWriteACP: 'x-amz-grant-write-acp',
  ObjectOwnership: 'x-amz-object-ownership',
};

/** Buckets; objects are data. */
export const trail: Trail = {
  namesOf: ({ parameters }) => [parameters.Bucket],
  isData: ({ parameters }) => parameters.Key !== undefined,
  eventName: (operation) => eventNames[operation] ?? operation,
  userAgent: (header) => `[${header}]`,
  requestParameters({ parameters, region }) {
    const { Bucket: bucketName, ...others } = parameters;
    const written = Object.entries(others).flatMap(([name, value]) => {
      const header = headerNames[name];
      if (header !== undefined) return [[header, [value]]];
      return name === 'Policy' ? [['bucketPolicy', policyOf(value)]] : [];
    });
    return {
      bucketName,
      Host: `${bucketName}.s3.${region}.amazonaws.com`,
      ...writtenBodies(others),
      ...Object.fromEntries(written),
    };
  },
  resources: ({ parameters: { Bucket }, accountId }) => [
    { accountId, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${Bucket}` },
  ],
};

/** A policy stands in the record as what it says, and as its text where that is no JSON. */
function policyOf(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}
