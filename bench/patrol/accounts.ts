import { queueUrl } from '../../core/queue-address';
import { keyFacts } from '../../resources/key/facts';
import { topicArn } from '../../resources/topic/ids';
import type { InMemoryAws } from '../../test/faults/aws/in-memory-aws';

/** Of every account. */
export const watchedRegions = ['eu-central-1', 'eu-west-1'];

/** How many resources of each type lie in one account and Region. */
interface Holding {
  groups: number;
  buckets: number;
  queues: number;
  snapshots: number;
  images: number;
  topics: number;
  repositories: number;
  secrets: number;
  keys: number;
}

/** Assumptions: a usual account, and one in a hundred that holds what a platform or a data team's does. */
const usual: Holding = {
  groups: 20,
  buckets: 5,
  queues: 10,
  snapshots: 20,
  images: 5,
  topics: 5,
  repositories: 5,
  secrets: 10,
  keys: 5,
};
const large: Holding = {
  groups: 500,
  buckets: 200,
  queues: 400,
  snapshots: 1_000,
  images: 50,
  topics: 150,
  repositories: 100,
  secrets: 300,
  keys: 100,
};
/** One account of so many is a large one. Every hundred accounts are like the hundred before. */
export const accountsInPattern = 100;

/** The id of an account, by its number from 0. */
export function accountIdOf(number: number): string {
  return String(300_000_000_000 + number);
}

/** What lies in an account, by its number from 0. */
export function holdingOf(number: number): Holding {
  return number % accountsInPattern === 0 ? large : usual;
}

const prefixListId = 'pl-0123456789abcdef0';
const shut = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/**
 * Puts an account's resources into an AWS in memory: groups for its own networks, one of which lets a prefix list in; buckets that are
 * shut, one in five with a policy; queues without one; snapshots and AMIs that are not shared; topics with AWS's own; repositories and
 * secrets without one; keys with AWS's own. One group of the account lets the internet in on SSH.
 */
export function plantAccount(aws: InMemoryAws, number: number): void {
  const accountId = accountIdOf(number);
  aws.organizations.addAccount(accountId);
  aws.ec2.createPrefixList(prefixListId, ['10.0.0.0/8']);
  watchedRegions.forEach((region, regionNumber) => {
    const { groups, buckets, queues, snapshots, images, topics, repositories, secrets, keys } =
      holdingOf(number);
    const place = { accountId, region };
    for (let index = 0; index < groups; index += 1) {
      const id = number * 10_000 + regionNumber * 1_000 + index;
      const isOpen = index === 1 && regionNumber === 0;
      const permissions = [
        { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
        isOpen
          ? { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
          : { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '10.1.0.0/16' }] },
        ...(index === 0
          ? [
              {
                IpProtocol: 'tcp',
                FromPort: 8443,
                ToPort: 8443,
                PrefixListIds: [{ PrefixListId: prefixListId }],
              },
            ]
          : []),
      ];
      aws.ec2.createGroup(`sg-${id.toString(16).padStart(17, '0')}`, { ...place, permissions });
    }
    for (let index = 0; index < buckets; index += 1) {
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
      const ownership = 'BucketOwnerEnforced';
      aws.s3.createBucket(name, { ...place, block: shut, ownership, ...(index % 5 === 0 && { policy }) });
    }
    for (let index = 0; index < queues; index += 1) {
      const name = `queue-${index}`;
      aws.sqs.createQueue(queueUrl(accountId, region, name), { ...place, name, attributes: {} });
    }
    const hexOf = (index: number) =>
      (number * 10_000 + regionNumber * 5_000 + index).toString(16).padStart(17, '0');
    for (let index = 0; index < snapshots; index += 1)
      aws.ec2.snapshots.create(`snap-${hexOf(index)}`, place);
    for (let index = 0; index < images; index += 1) aws.ec2.images.create(`ami-${hexOf(index)}`, place);
    for (let index = 0; index < topics; index += 1) {
      const arn = topicArn(accountId, region, `topic-${index}`);
      aws.sns.createTopic(arn, { ...place, policy: ownersPolicy(accountId, arn), attributes: {} });
    }
    for (let index = 0; index < repositories; index += 1) {
      aws.ecr.createRepository({ ...place, name: `team/images-${index}`, createdAt: new Date(0) });
    }
    for (let index = 0; index < secrets; index += 1) {
      const name = `secret-${index}`;
      const arn = `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-AbCdEf`;
      aws.secretsManager.createSecret(arn, { ...place, name, createdAt: new Date(0) });
    }
    for (let index = 0; index < keys; index += 1) {
      const id = `1234abcd-12ab-34cd-56ef-${index.toString(16).padStart(12, '0')}`;
      const policy = ownKeyPolicy(accountId);
      aws.kms.createKey(keyFacts.arn(accountId, region, id), { ...place, createdAt: new Date(0), policy });
    }
  });
}

/** What SNS gives a topic itself. */
function ownersPolicy(accountId: string, Resource: string): string {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'SNS:Publish',
    Resource,
    Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
  };
  return JSON.stringify({ Version: '2008-10-17', Statement: [statement] });
}

/** What KMS gives a key itself. */
function ownKeyPolicy(accountId: string): string {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
