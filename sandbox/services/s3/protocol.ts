import { ApiError } from '../../gateway/protocols/errors';
import { refuseRepeated } from '../../gateway/protocols/repeated';
import type { HttpRequest } from '../../gateway/protocols/request';
import { parseXml } from '../../gateway/protocols/xml';
import type { Operation, Protocol } from '../service';
import { Buckets } from './buckets';

/** Operations on a bucket by subresource, with the method as first word. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
const bucketSubresources: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  accelerate: { GET: 'GetBucketAccelerateConfiguration', PUT: 'PutBucketAccelerateConfiguration' },
  acl: { GET: 'GetBucketAcl', PUT: 'PutBucketAcl' },
  cors: { GET: 'GetBucketCors', PUT: 'PutBucketCors', DELETE: 'DeleteBucketCors' },
  delete: { POST: 'DeleteObjects' },
  encryption: { GET: 'GetBucketEncryption', PUT: 'PutBucketEncryption', DELETE: 'DeleteBucketEncryption' },
  lifecycle: {
    GET: 'GetBucketLifecycleConfiguration',
    PUT: 'PutBucketLifecycleConfiguration',
    DELETE: 'DeleteBucketLifecycle',
  },
  location: { GET: 'GetBucketLocation' },
  logging: { GET: 'GetBucketLogging', PUT: 'PutBucketLogging' },
  notification: { GET: 'GetBucketNotificationConfiguration', PUT: 'PutBucketNotificationConfiguration' },
  'object-lock': { GET: 'GetObjectLockConfiguration', PUT: 'PutObjectLockConfiguration' },
  ownershipControls: {
    GET: 'GetBucketOwnershipControls',
    PUT: 'PutBucketOwnershipControls',
    DELETE: 'DeleteBucketOwnershipControls',
  },
  policy: { GET: 'GetBucketPolicy', PUT: 'PutBucketPolicy', DELETE: 'DeleteBucketPolicy' },
  policyStatus: { GET: 'GetBucketPolicyStatus' },
  publicAccessBlock: {
    GET: 'GetPublicAccessBlock',
    PUT: 'PutPublicAccessBlock',
    DELETE: 'DeletePublicAccessBlock',
  },
  replication: {
    GET: 'GetBucketReplication',
    PUT: 'PutBucketReplication',
    DELETE: 'DeleteBucketReplication',
  },
  requestPayment: { GET: 'GetBucketRequestPayment', PUT: 'PutBucketRequestPayment' },
  tagging: { GET: 'GetBucketTagging', PUT: 'PutBucketTagging', DELETE: 'DeleteBucketTagging' },
  uploads: { GET: 'ListMultipartUploads' },
  versioning: { GET: 'GetBucketVersioning', PUT: 'PutBucketVersioning' },
  versions: { GET: 'ListObjectVersions' },
  website: { GET: 'GetBucketWebsite', PUT: 'PutBucketWebsite', DELETE: 'DeleteBucketWebsite' },
};

const objectSubresources: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  acl: { GET: 'GetObjectAcl', PUT: 'PutObjectAcl' },
  attributes: { GET: 'GetObjectAttributes' },
  tagging: { GET: 'GetObjectTagging', PUT: 'PutObjectTagging', DELETE: 'DeleteObjectTagging' },
  uploads: { POST: 'CreateMultipartUpload' },
};

const onBucket: Readonly<Record<string, string>> = {
  GET: 'ListObjects',
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
  HEAD: 'HeadBucket',
};

const onObject: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
  HEAD: 'HeadObject',
};

/** Headers and query parameters that become parameters, with the SDK's names. */
const namedInputs: Readonly<Record<string, string>> = {
  'x-amz-acl': 'ACL',
  'x-amz-bucket-object-lock-enabled': 'ObjectLockEnabledForBucket',
  'x-amz-copy-source': 'CopySource',
  'x-amz-expected-bucket-owner': 'ExpectedBucketOwner',
  'x-amz-grant-full-control': 'GrantFullControl',
  'x-amz-grant-read': 'GrantRead',
  'x-amz-grant-read-acp': 'GrantReadACP',
  'x-amz-grant-write': 'GrantWrite',
  'x-amz-grant-write-acp': 'GrantWriteACP',
  'x-amz-object-ownership': 'ObjectOwnership',
  prefix: 'Prefix',
  partNumber: 'PartNumber',
  uploadId: 'UploadId',
  versionId: 'VersionId',
};

/** Operations whose XML body becomes a parameter under its root element's name. */
const withXmlBody = /^(Put(Bucket|Public|Object(Acl|Tagging|Lock))|CreateBucket)/;

/**
 * Finds an S3 operation by method, path (path style) and subresource, with its parameters by the SDK's names.
 * @throws ApiError for what is no bucket's name, a form, or when a query parameter comes twice, or two of them each name an operation.
 */
function read(request: HttpRequest): Omit<Operation, 'service'> {
  refuseRepeated(request.query.keys(), 'InvalidArgument');
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(request.path) ?? [];
  if (!/^[\w.-]*$/.test(bucket))
    throw new ApiError('InvalidBucketName', 'The specified bucket is not valid.');
  refuseForm(request);
  const operation = operationName(request, bucket, key);
  const parameters: Record<string, unknown> = {
    ...(bucket && { Bucket: bucket }),
    ...(key && { Key: key }),
  };
  for (const [name, parameter] of Object.entries(namedInputs)) {
    // A header of the name of a query parameter means nothing to S3.
    const header = name.startsWith('x-amz-') ? request.headers[name] : undefined;
    const value = header ?? request.query.get(name);
    if (value !== undefined && value !== null) parameters[parameter] = value;
  }
  if (operation === 'PutBucketPolicy') parameters.Policy = request.body.toString('utf8');
  else if (withXmlBody.test(operation)) Object.assign(parameters, parseXml(request.body));
  return { operation, parameters };
}

/** moto takes the fields of a form for query parameters. */
function refuseForm({ headers }: HttpRequest): void {
  if (/^\s*(application\/x-www-form-urlencoded|multipart\/)/i.test(headers['content-type'] ?? ''))
    throw new ApiError('NotImplemented', 'Forms are not read here: give another content type.', 501);
}

/** Query parameters that choose no operation, beside those of `namedInputs` and of signatures. */
const harmlessParameters = new Set([
  ...['bucket-region', 'continuation-token', 'delimiter', 'encoding-type', 'fetch-owner', 'key-marker'],
  ...['list-type', 'marker', 'max-buckets', 'max-keys', 'max-parts', 'max-uploads', 'part-number-marker'],
  ...['start-after', 'upload-id-marker', 'version-id-marker', 'x-id'],
]);

/** A query parameter that may choose an operation of which this file does not know: moto may. */
function unknownParameter(query: URLSearchParams): string | undefined {
  return [...query.keys()].find(
    (name) =>
      !harmlessParameters.has(name) &&
      !Object.hasOwn(namedInputs, name) &&
      !/^(x-amz-|response-)/i.test(name),
  );
}

function operationName({ method, headers, query }: HttpRequest, bucket: string, key: string): string {
  if (bucket === '') return method === 'GET' ? 'ListBuckets' : `${method} /`;
  const subresources = key === '' ? bucketSubresources : objectSubresources;
  const [subresource, conflicting] = Object.keys(subresources).filter((name) => query.has(name));
  if (conflicting !== undefined || (subresource !== undefined && query.has('uploadId'))) {
    throw new ApiError(
      'InvalidArgument',
      `Conflicting query string parameters: ${subresource}, ${conflicting ?? 'uploadId'}`,
    );
  }
  if (subresource !== undefined) return subresources[subresource]?.[method] ?? `${method} ?${subresource}`;
  const unknown = unknownParameter(query);
  if (unknown !== undefined) return `${method} ?${unknown}`;
  if (key === '') {
    if (method === 'GET' && query.get('list-type') === '2') return 'ListObjectsV2';
    return onBucket[method] ?? `${method} bucket`;
  }
  if (query.has('uploadId')) {
    const parts: Readonly<Record<string, string>> = {
      GET: 'ListParts',
      PUT: 'UploadPart',
      POST: 'CompleteMultipartUpload',
      DELETE: 'AbortMultipartUpload',
    };
    if (method === 'PUT' && headers['x-amz-copy-source']) return 'UploadPartCopy';
    return parts[method] ?? `${method} ?uploadId`;
  }
  if (method === 'PUT' && headers['x-amz-copy-source']) return 'CopyObject';
  return onObject[method] ?? `${method} object`;
}

/**
 * A bucket before the host, as virtual-hosted requests have it, as the first part of the path.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
function pathWithHost(path: string, host: string): string {
  const bucket = /^(.+?)\.(?:s3[.-](?:.*\.)?amazonaws\.com(?:\.cn)?|localhost)(?::\d+)?$/i.exec(host)?.[1];
  return bucket === undefined ? path : `/${bucket}${path}`;
}

/** S3 is REST, and its objects may be JSON. */
export const protocol: Protocol = {
  carriesData: true,
  pathWithHost,
  read,
  accountOf({ operation, parameters, callerAccountId }, learned) {
    // Who creates a bucket that somebody else has must hear that from S3.
    if (operation === 'CreateBucket') return callerAccountId;
    return learned.of(Buckets).byName.get(String(parameters.Bucket))?.ownerAccountId ?? callerAccountId;
  },
  errors: {
    speaksXml: true,
    xml: (error, requestId) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${error}<RequestId>${requestId}</RequestId></Error>`,
    denied: { code: 'AccessDenied', status: 403 },
    notDone: { code: 'NotImplemented', status: 501 },
    unknownKey: {
      code: 'InvalidAccessKeyId',
      message: 'The AWS Access Key Id you provided does not exist in our records.',
      status: 403,
    },
    expired: 'ExpiredToken',
  },
};
