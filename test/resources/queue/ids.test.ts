import { isResourceId, unmatchable } from '../../../resources/resource-types';

const type = 'AWS::SQS::Queue';
const place = { accountId: '222222222222', region: 'eu-west-1' };
const url = 'https://sqs.eu-west-1.amazonaws.com/222222222222/orders';

describe("a queue's URL", () => {
  it.each([
    ['another account', { ...place, accountId: '333333333333' }],
    ['another Region', { ...place, region: 'eu-west-2' }],
  ])('is no id of a finding in %s', (_, elsewhere) => {
    expect(isResourceId(type, url, place)).toBe(true);
    expect(isResourceId(type, url, elsewhere)).toBe(false);
  });
});

describe('the pattern of an exemption', () => {
  it.each([
    url,
    '*',
    '*/orders',
    'https://sqs.*',
    'https://sqs.eu-west-1.amazonaws.com/*/orders-*',
    '*.fifo',
  ])('may be %s', (pattern) => {
    expect(unmatchable(type, pattern)).toBeUndefined();
  });

  it.each([
    ['arn:aws:sqs:eu-west-1:222222222222:orders', `write the queue's URL: ${url}.`],
    ['https://eu-west-1.queue.amazonaws.com/222222222222/orders', `write the queue's URL: ${url}.`],
    [
      'orders',
      'a queue is named by its URL: aws sqs get-queue-url --queue-name orders says it; * stands for any characters.',
    ],
    ['arn:aws:s3:::photos', "this is a bucket, where a queue's URL is meant."],
    ['sg-0123456789abcdef0', "this is a security group, where a queue's URL is meant."],
    [
      'https://example.com/orders',
      'a queue is named by its URL, like https://sqs.eu-west-1.amazonaws.com/111122223333/orders; * stands for any characters.',
    ],
  ])('that is %s is told what would be right', (pattern, right) => {
    expect(unmatchable(type, pattern)).toBe(right);
  });

  it("that is a queue's is told so where another type is meant", () => {
    expect(unmatchable('AWS::S3::Bucket', url)).toBe("this is a queue, where a bucket's name is meant.");
    expect(unmatchable('AWS::EC2::SecurityGroup', 'arn:aws:sqs:eu-west-1:222222222222:orders')).toBe(
      "this is a queue, where a security group's id is meant.",
    );
  });
});
