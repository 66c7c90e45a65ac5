import fc from 'fast-check';
import { matchesResource } from '../../config/resource-pattern';
import { couldMatch } from '../../resources/kit/id-form';
import { type FixableResourceType, resourceTypes, unmatchable } from '../../resources/resource-types';
import { runsOf } from '../support/property-runs';

const group = 'AWS::EC2::SecurityGroup';
const bucket = 'AWS::S3::Bucket';
const types = Object.keys(resourceTypes) as FixableResourceType[];
const groupName = (name: string) =>
  `a security group is named by its id, like sg-0123456789abcdef0, not by its name: aws ec2 describe-security-groups --filters "Name=group-name,Values=${name}" --query "SecurityGroups[].GroupId" says it.`;
const groupId =
  'the id of a security group is sg- and 8 or 17 hexadecimal digits, like sg-0123456789abcdef0; * stands for any characters.';
const bucketName =
  'a bucket is named by its name: 3 to 63 letters, digits, hyphens and dots, like photos; * stands for any characters.';

describe('unmatchable', () => {
  it.each<[FixableResourceType, string]>([
    [group, 'sg-0123456789abcdef0'],
    [group, 'sg-01234567'],
    [group, 'sg-*'],
    [group, '*'],
    [group, '**'],
    [group, 's*'],
    [group, '*0'],
    [group, '*g-01*'],
    [group, 'sg-*abc*def'],
    [group, 'sg-0123456789abcdef0*'],
    [bucket, 'photos'],
    [bucket, 'website-*'],
    [bucket, '*-website'],
    [bucket, '*.example.com'],
    [bucket, '*'],
    [bucket, 'a*'],
    [bucket, '*a*-b'],
    [bucket, 'Old_Bucket'],
    [bucket, 'sg-photos'],
    [bucket, 'sg-*'],
  ])('takes a pattern that some resource could have: %s %s', (type, pattern) => {
    expect(unmatchable(type, pattern)).toBeUndefined();
  });

  it.each<[FixableResourceType, string, string]>([
    [
      group,
      'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0123456789abcdef0',
      "write the security group's id alone: sg-0123456789abcdef0.",
    ],
    [group, 'arn:aws:ec2:*:*:security-group/sg-0123*', "write the security group's id alone: sg-0123*."],
    [group, 'arn:aws:ec2:*:*:security-group/*', "write the security group's id alone: *."],
    [group, 'SG-0123456789ABCDEF0', "write the security group's id alone: sg-0123456789abcdef0."],
    [group, 'vpc-1/sg-01234567', "write the security group's id alone: sg-01234567."],
    [group, 'arn:aws:s3:::photos', "this is a bucket, where a security group's id is meant."],
    [
      group,
      'sgr-0123456789abcdef0',
      'this is the id of a rule; write that of its security group: aws ec2 describe-security-group-rules --security-group-rule-ids sgr-0123456789abcdef0 --query "SecurityGroupRules[].GroupId" says it.',
    ],
    [group, 'sg-0123', groupId],
    [group, 'sg-web', groupId],
    [group, 'sg-w*', groupId],
    [group, 'sg-0123456789abcdef01*', groupId],
    [group, 'web', groupName('web')],
    [group, 'website-*', groupName('website-*')],
    [group, '*web*', groupName('*web*')],
    [group, "o'brien$(x)", groupName('NAME')],
    [bucket, 'arn:aws:s3:::photos', "write the bucket's name alone: photos."],
    [bucket, 'arn:aws:s3:::photos/*', "write the bucket's name alone: photos."],
    [bucket, 'arn:aws:s3:::website-*', "write the bucket's name alone: website-*."],
    [bucket, 's3://photos', "write the bucket's name alone: photos."],
    [bucket, 's3://photos/2026/', "write the bucket's name alone: photos."],
    [bucket, 'photos/*', "write the bucket's name alone: photos."],
    [bucket, 'sg-0123456789abcdef0', "this is a security group, where a bucket's name is meant."],
    [
      bucket,
      'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-01234567',
      "this is a security group, where a bucket's name is meant.",
    ],
    [bucket, 'arn:aws:s3:eu-west-1:111122223333:accesspoint/photos', bucketName],
    [bucket, '-photos', bucketName],
    [bucket, 'photos-', bucketName],
    [bucket, 'ab', bucketName],
    [bucket, '*!', bucketName],
  ])('says what would be right in place of one that none can have: %s %s', (type, pattern, right) => {
    expect(unmatchable(type, pattern)).toBe(right);
  });

  it.each(types)('takes a text without * exactly when it is an id (%s)', (type) => {
    const { form, pattern } = resourceTypes[type].ids;
    const characters = fc.constantFrom(...'sg-0af.A_/');
    const text = fc.oneof(
      fc.string({ unit: characters, maxLength: 24 }),
      fc.string({ unit: fc.constantFrom(...'09af'), minLength: 6, maxLength: 19 }).map((hex) => `sg-${hex}`),
      fc.integer({ min: 250, max: 258 }).map((length) => 'a'.repeat(length)),
    );

    void fc.assert(
      fc.property(text, (id) => {
        expect(couldMatch(id, form)).toBe(pattern.test(id));
      }),
      { seed: 20261126, numRuns: runsOf(2_000) },
    );
  });

  it('takes a pattern exactly when an id matches it, of all the ids of a small form', () => {
    const form = [
      { text: 'x-' },
      { characters: /[a]/, least: 1, most: 1 },
      { characters: /[ab]/, least: 0, most: 2 },
      { characters: /[a]/, least: 1, most: 1 },
    ];
    const words = (length: number): string[] =>
      length === 0 ? [''] : words(length - 1).flatMap((word) => [`${word}a`, `${word}b`]);
    const ids = [2, 3, 4]
      .flatMap(words)
      .filter((word) => word.startsWith('a') && word.endsWith('a'))
      .map((word) => `x-${word}`);

    void fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'x-ab*'), maxLength: 8 }), (pattern) => {
        expect(couldMatch(pattern, form)).toBe(ids.some((id) => matchesResource(pattern, id)));
      }),
      { seed: 20261126, numRuns: runsOf(5_000) },
    );
  });
});
