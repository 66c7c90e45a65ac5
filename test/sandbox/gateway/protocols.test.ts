import { operationOf } from '../../../sandbox/gateway/protocols/operation';
import type { HttpRequest } from '../../../sandbox/gateway/protocols/request';
import { signatureScopeOf } from '../../../sandbox/gateway/protocols/signature';

/** A request, canonical but for its headers. */
function request(method: string, url: string, headers: Record<string, string> = {}, body = ''): HttpRequest {
  const [path = '/', query = ''] = url.split('?');
  return {
    method,
    url,
    path: decodeURIComponent(path),
    query: new URLSearchParams(query),
    headers,
    body: Buffer.from(body),
  };
}

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

describe('operationOf', () => {
  it('decodes EC2’s flattened lists', () => {
    const body =
      'Action=AuthorizeSecurityGroupIngress&Version=2016-11-15&GroupId=sg-1' +
      '&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0%2F8' +
      '&IpPermissions.1.IpRanges.2.CidrIp=0.0.0.0%2F0&IpPermissions.2.IpProtocol=-1';
    expect(operationOf(request('POST', '/', form, body), 'ec2')).toEqual({
      service: 'ec2',
      operation: 'AuthorizeSecurityGroupIngress',
      parameters: {
        Version: '2016-11-15',
        GroupId: 'sg-1',
        IpPermissions: [
          { IpProtocol: 'tcp', IpRanges: [{ CidrIp: '10.0.0.0/8' }, { CidrIp: '0.0.0.0/0' }] },
          { IpProtocol: '-1' },
        ],
      },
    });
  });

  it('keeps the order of more than nine elements', () => {
    const body = `Action=X&${Array.from({ length: 11 }, (_, index) => `Id.${index + 1}=${index + 1}`).join('&')}`;
    expect(operationOf(request('POST', '/', form, body), 'ec2').parameters.Id).toEqual(
      Array.from({ length: 11 }, (_, index) => String(index + 1)),
    );
  });

  it('decodes the query protocol’s members and maps', () => {
    const body =
      'Action=CreateTopic&Name=t&Attributes.entry.1.key=Policy&Attributes.entry.1.value=%7B%7D&Tags.member.1.Key=a';
    expect(operationOf(request('POST', '/', form, body), 'sns').parameters).toEqual({
      Name: 't',
      Attributes: { Policy: '{}' },
      Tags: [{ Key: 'a' }],
    });
  });

  it('decodes AWS JSON', () => {
    const headers = { 'x-amz-target': 'AWSOrganizationsV20161128.ListParents' };
    expect(operationOf(request('POST', '/', headers, '{"ChildId":"1"}'), 'organizations')).toEqual({
      service: 'organizations',
      operation: 'ListParents',
      parameters: { ChildId: '1' },
    });
  });

  const s3Cases: [string, string, string, object][] = [
    ['GET', '/', 'ListBuckets', {}],
    ['PUT', '/bucket/', 'CreateBucket', { Bucket: 'bucket' }],
    ['PUT', '/bucket', 'CreateBucket', { Bucket: 'bucket' }],
    ['GET', '/bucket?list-type=2&prefix=a', 'ListObjectsV2', { Bucket: 'bucket', Prefix: 'a' }],
    ['GET', '/bucket?policyStatus', 'GetBucketPolicyStatus', { Bucket: 'bucket' }],
    ['GET', '/bucket?policy', 'GetBucketPolicy', { Bucket: 'bucket' }],
    ['DELETE', '/bucket?publicAccessBlock', 'DeletePublicAccessBlock', { Bucket: 'bucket' }],
    ['GET', '/bucket?ownershipControls', 'GetBucketOwnershipControls', { Bucket: 'bucket' }],
    ['GET', '/bucket/a%20b/c?acl', 'GetObjectAcl', { Bucket: 'bucket', Key: 'a b/c' }],
    [
      'PUT',
      '/bucket/key?partNumber=1&uploadId=2',
      'UploadPart',
      { Bucket: 'bucket', Key: 'key', PartNumber: '1', UploadId: '2' },
    ],
    ['HEAD', '/bucket/key', 'HeadObject', { Bucket: 'bucket', Key: 'key' }],
  ];
  it.each(s3Cases)('takes %s %s for %s', (method, url, operation, parameters) => {
    expect(operationOf(request(method, url), 's3')).toEqual({ service: 's3', operation, parameters });
  });

  it('decodes S3’s XML bodies and headers by the SDK’s names', () => {
    const body =
      '<PublicAccessBlockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>';
    const headers = { 'x-amz-expected-bucket-owner': '111111111111' };
    expect(operationOf(request('PUT', '/bucket?publicAccessBlock', headers, body), 's3').parameters).toEqual({
      Bucket: 'bucket',
      ExpectedBucketOwner: '111111111111',
      PublicAccessBlockConfiguration: { BlockPublicAcls: 'true' },
    });
  });

  it('tells S3 Control from S3, and finds its account in the header or before the host', () => {
    const url = '/v20180820/configuration/publicAccessBlock';
    const expected = {
      service: 's3-control',
      operation: 'GetPublicAccessBlock',
      parameters: { AccountId: '111111111111' },
    };
    expect(operationOf(request('GET', url, { 'x-amz-account-id': '111111111111' }), 's3')).toEqual(expected);
    expect(operationOf(request('GET', url, { host: '111111111111.localhost:80' }), 's3')).toEqual(expected);
  });

  it('names a Lambda function that is invoked by ARN', () => {
    const arn = 'arn:aws:lambda:eu-west-1:111111111111:function:f';
    const url = `/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`;
    expect(operationOf(request('POST', url), 'lambda')).toEqual({
      service: 'lambda',
      operation: 'Invoke',
      parameters: { FunctionName: arn, InvocationType: 'RequestResponse' },
    });
  });

  const ec2 = (body: string) => () => operationOf(request('POST', '/', form, body), 'ec2');
  it.each([
    ['a parameter', 'Action=X&GroupId=a&GroupId=b', 'GroupId is given more than once'],
    ['a part of a list', 'Action=X&Id.1=a&Id.1=b', 'Id.1 is given more than once'],
    ['the action', 'Action=X&Action=Y', 'Action is given more than once'],
    ['a value as a list', 'Action=X&Id=a&Id.1=b', 'Id is given as a value and as a list'],
    ['a list as a value', 'Action=X&Id.1=b&Id=a', 'Id is given as a value and as a list'],
  ])('refuses %s that comes twice', (_, body, message) => {
    expect(ec2(body)).toThrow(message);
    expect(ec2(body)).toThrow(expect.objectContaining({ code: 'InvalidParameterValue', status: 400 }));
  });

  it('refuses a query in the URL beside a body, or beside another name of the operation', () => {
    const target = { 'x-amz-target': 'AmazonSQS.SendMessage' };
    const url = '/?Action=DeleteQueue';
    for (const asked of [
      request('POST', url, { 'content-type': 'multipart/form-data' }, 'Action=ListQueues'),
      request('POST', url, target, '{}'),
      request('POST', '/', { ...form, ...target }, 'Action=DeleteQueue'),
    ]) {
      expect(() => operationOf(asked, 'sqs')).toThrow(
        expect.objectContaining({ code: 'InvalidParameterCombination' }),
      );
    }
  });

  it.each([
    ['/bucket?prefix=a&prefix=b', 'prefix is given more than once'],
    ['/bucket/key?versionId=1&versionId=2', 'versionId is given more than once'],
    ['/bucket?acl&policy', 'Conflicting query string parameters: acl, policy'],
    ['/bucket/key?tagging&uploadId=1', 'Conflicting query string parameters: tagging, uploadId'],
  ])('refuses S3’s %s', (url, message) => {
    const asking = () => operationOf(request('PUT', url), 's3');
    expect(asking).toThrow(message);
    expect(asking).toThrow(expect.objectContaining({ code: 'InvalidArgument', status: 400 }));
  });

  it('takes S3’s query parameters from nowhere but the query', () => {
    const { parameters } = operationOf(request('GET', '/bucket?prefix=asked', { prefix: 'shown' }), 's3');
    expect(parameters.Prefix).toBe('asked');
  });

  it('refuses a Lambda qualifier that comes twice', () => {
    const url = '/2015-03-31/functions/f/invocations?Qualifier=a&Qualifier=b';
    expect(() => operationOf(request('POST', url), 'lambda')).toThrow('Qualifier is given more than once');
  });

  it.each(['not json', '{"TableName":"x","more":NaN}', '[]', '"text"', '\u001f\u008b'])(
    'refuses what is no JSON object, which moto may take for one: %s',
    (body) => {
      const headers = { 'x-amz-target': 'DynamoDB_20120810.GetItem' };
      expect(() => operationOf(request('POST', '/', headers, body), 'dynamodb')).toThrow(
        expect.objectContaining({ code: 'SerializationException' }),
      );
    },
  );

  it('throws nothing on a body that is no XML', () => {
    expect(operationOf(request('PUT', '/bucket?acl', {}, '<not xml'), 's3').parameters).toEqual({
      Bucket: 'bucket',
    });
  });
});

describe('signatureScopeOf', () => {
  it('reads the header', () => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=111111111111/20260101/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=0';
    expect(signatureScopeOf(request('POST', '/', { authorization, 'x-amz-security-token': 't' }))).toEqual({
      accessKeyId: '111111111111',
      region: 'eu-west-1',
      signingName: 'sqs',
      sessionToken: 't',
    });
  });

  it('reads a presigned query', () => {
    const url =
      '/b/k?X-Amz-Credential=111111111111%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=0';
    expect(signatureScopeOf(request('GET', url))).toMatchObject({
      accessKeyId: '111111111111',
      signingName: 's3',
    });
  });

  it('finds nothing in a request that is not signed', () => {
    expect(signatureScopeOf(request('GET', '/'))).toBeUndefined();
  });
});
