import type { PacedService } from './call-times';
import type { BucketSize } from './token-bucket';

/** A throttle that a call meets. */
export interface Throttle {
  /** What people call it. */
  name: string;
  /** Calls of one key share a bucket. */
  key: string;
  size: BucketSize;
  /** How many tokens the call takes. */
  cost: number;
}

/** What tells which throttles a call meets. */
export interface ThrottledCall {
  service: PacedService;
  command: string;
  input: object;
  /** Whose session makes the call, for the services of a member account, and in which Region: AWS throttles by both. */
  accountId: string;
}

/** What AWS allows: documented, unless it says otherwise. */
const sizes = {
  /** Of the callers of one account and Region: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  sts: { tokens: 600, perSecond: 600 },
  /** https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html#throttling-limits-rate-based */
  revoking: { tokens: 50, perSecond: 5 },
  ec2Reads: { tokens: 100, perSecond: 20 },
  /**
   * An assumption, on the low side: Organizations throttles, for all callers of an organization together, and no rate of ListParents
   * was found. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
   */
  organizations: { tokens: 10, perSecond: 10 },
  /** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
  cloudTrailLookups: { tokens: 2, perSecond: 2 },
  cloudTrailReads: { tokens: 10, perSecond: 10 },
  /**
   * GetResourcePolicy with the other calls about a secret's policy, of an account and Region:
   * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
   */
  secretPolicies: { tokens: 50, perSecond: 50 },
  /**
   * The least that an edition of the page had, in 2020; AWS allows more now:
   * https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
   */
  keyPolicies: { tokens: 30, perSecond: 30 },
  keyLists: { tokens: 100, perSecond: 100 },
  /** https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
  topicLists: { tokens: 30, perSecond: 30 },
  /**
   * Assumptions, as of EC2's reads: RDS and Systems Manager throttle by account and Region, and no rates of what the patrol reads were
   * found.
   */
  assumedShareReads: { tokens: 100, perSecond: 20 },
  /** Ten times the concurrent executions: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests */
  lambda: { tokens: 10_000, perSecond: 10_000 },
  /** Of a partition: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html */
  partitionWrites: { tokens: 1_000, perSecond: 1_000 },
  /** The least of any Region is 400, of eu-west-1 10,000: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
  eventBridge: { tokens: 10_000, perSecond: 10_000 },
  /**
   * Assumptions, on the low side, of an account and Region, since no rates were found for what the doctor and the reconcile read: AWS
   * Config, CloudFormation, IAM, and what EventBridge calls beside PutEvents. All of them throttle by token buckets.
   * https://aws.amazon.com/blogs/security/how-to-monitor-and-query-iam-resources-at-scale-part-2/
   * https://repost.aws/knowledge-center/cloudformation-rate-exceeded-error
   */
  assumedReads: { tokens: 10, perSecond: 5 },
} satisfies Record<string, BucketSize>;

/**
 * What a call is throttled by. AWS documents no rate for S3's calls about a bucket's settings: the bench has none. Nor has it the
 * quotas of AWS Config, which the hub does not call for a fix.
 */
export function throttlesOf(call: ThrottledCall): Throttle[] {
  const { service, command, accountId } = call;
  const one = (name: string, key: string, size: BucketSize): Throttle[] => [{ name, key, size, cost: 1 }];
  switch (service) {
    case 'STS':
      return one('STS AssumeRole', 'sts', sizes.sts);
    case 'EC2':
      return one(
        `EC2 ${command}`,
        `ec2 ${command} ${accountId}`,
        command.startsWith('Describe') ? sizes.ec2Reads : sizes.revoking,
      );
    case 'Organizations':
      return one(
        `Organizations ${command} (${sizes.organizations.perSecond}/s assumed)`,
        `organizations ${command}`,
        sizes.organizations,
      );
    case 'CloudTrail':
      return command === 'LookupEvents'
        ? one('CloudTrail LookupEvents', `cloudtrail lookups ${accountId}`, sizes.cloudTrailLookups)
        : one(`CloudTrail ${command}`, `cloudtrail ${accountId}`, sizes.cloudTrailReads);
    case 'AWS Config':
    case 'CloudFormation':
    case 'IAM':
      return one(
        `${service} ${command} (${sizes.assumedReads.perSecond}/s assumed)`,
        `${service} ${command} ${accountId}`,
        sizes.assumedReads,
      );
    case 'Secrets Manager':
      return /ResourcePolicy$/.test(command)
        ? one('Secrets Manager GetResourcePolicy', `secrets ${accountId}`, sizes.secretPolicies)
        : [];
    case 'SNS':
      return command === 'ListTopics'
        ? one('SNS ListTopics', `sns lists ${accountId}`, sizes.topicLists)
        : [];
    case 'KMS': {
      const size = { GetKeyPolicy: sizes.keyPolicies, ListKeys: sizes.keyLists }[command];
      return size ? one(`KMS ${command}`, `kms ${command} ${accountId}`, size) : [];
    }
    case 'RDS':
    case 'SSM':
      return one(
        `${service} ${command} (${sizes.assumedShareReads.perSecond}/s assumed)`,
        `${service} ${command} ${accountId}`,
        sizes.assumedShareReads,
      );
    case 'Lambda':
      return one('Lambda Invoke', 'lambda', sizes.lambda);
    case 'EventBridge':
      return command === 'PutEvents'
        ? one('EventBridge PutEvents', 'eventbridge', sizes.eventBridge)
        : one(`EventBridge ${command}`, `eventbridge ${command} ${accountId}`, sizes.assumedReads);
    case 'DynamoDB':
      return partitionWrites(command, call.input);
    default:
      return [];
  }
}

interface Write {
  TableName?: string;
  Item?: Record<string, unknown>;
  Key?: Record<string, unknown>;
}

function partitionWrites(command: string, input: object): Throttle[] {
  return writesOf(command, input).map(({ write, units }) => {
    const { finding } = { ...write.Key, ...write.Item };
    return {
      name: `DynamoDB partition ${partitionName(finding)}`,
      key: `dynamodb ${write.TableName} ${finding}`,
      size: sizes.partitionWrites,
      cost: units * Math.max(1, Math.ceil(JSON.stringify(write.Item ?? write).length / 1024)),
    };
  });
}

/** A partition key as people know it: every finding has one of its own. */
export function partitionName(finding: unknown): string {
  return String(finding).includes('#') ? 'of a finding' : String(finding);
}

/**
 * Write units: one for each kB, and two in a transaction.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
function writesOf(command: string, input: object): { write: Write; units: number }[] {
  if (command === 'TransactWrite') {
    const { TransactItems: items = [] } = input as { TransactItems?: Record<string, Write>[] };
    return items.flatMap((item) => Object.values(item)).map((write) => ({ write, units: 2 }));
  }
  if (!['Put', 'Update', 'Delete'].includes(command)) return [];
  return [{ write: input as Write, units: 1 }];
}
