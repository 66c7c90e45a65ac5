import { isFixableResourceType, isResourceId } from '../../resources/resource-types';

describe('a resource id', () => {
  it.each([
    ['AWS::EC2::SecurityGroup', 'sg-0123456789abcdef0'],
    ['AWS::EC2::SecurityGroup', 'sg-12345678'],
    ['AWS::S3::Bucket', 'my.bucket-1'],
    ['AWS::S3::Bucket', 'Old_Bucket'],
  ] as const)('of %s may be %s', (type, id) => {
    expect(isResourceId(type, id)).toBe(true);
  });

  it.each([
    ['AWS::EC2::SecurityGroup', 'sg-*'],
    ['AWS::EC2::SecurityGroup', 'sg-12345678\n'],
    ['AWS::EC2::SecurityGroup', 'my-group'],
    ['AWS::S3::Bucket', 'a'],
    ['AWS::S3::Bucket', 'bucket/key'],
    ['AWS::S3::Bucket', '-bucket'],
  ] as const)('of %s may not be %j', (type, id) => {
    expect(isResourceId(type, id)).toBe(false);
  });
});

describe('isFixableResourceType', () => {
  it('knows the types of the table, and nothing that every object has', () => {
    expect(isFixableResourceType('AWS::S3::Bucket')).toBe(true);
    for (const other of ['AWS::EC2::Vpc', 'constructor', 'toString', '__proto__', '']) {
      expect(isFixableResourceType(other)).toBe(false);
    }
  });
});
