import { patrolMegabytes } from '../../config/concurrency';
import { controls, customControls } from '../../controls/registry';
import { assumed, countedDay } from './counted-day';
import type { Priced, Units } from './unit-prices';

/**
 * What the bench's patrol counts of a hundred accounts in two Regions (`bench/patrol/`), each walked once. A test holds it to the bench.
 */
export const patrolOfHundred = {
  accounts: 100,
  regions: 2,
  calls: {
    'SQS SendMessageBatch': 120,
    'DynamoDB Get': 600,
    'DynamoDB Update': 400,
    'STS AssumeRole': 200,
    'Lambda Invoke': 200,
    'CloudTrail DescribeTrails': 200,
    'CloudTrail GetTrailStatus': 200,
    'EC2 DescribeSecurityGroups': 200,
    'EC2 GetManagedPrefixListEntries': 200,
    'EC2 DescribeImages': 200,
    'EC2 DescribeSnapshots': 402,
    'EC2 GetImageBlockPublicAccessState': 200,
    'EC2 GetSnapshotBlockPublicAccessState': 200,
    'RDS DescribeDBSnapshots': 200,
    'RDS DescribeDBSnapshotAttributes': 1_190,
    'RDS DescribeDBClusterSnapshots': 200,
    'RDS DescribeDBClusterSnapshotAttributes': 436,
    'SSM ListDocuments': 200,
    'SSM DescribeDocumentPermission': 436,
    'SSM GetServiceSetting': 200,
    'S3 ListBuckets': 206,
    'S3 Control GetPublicAccessBlock': 200,
    'S3 GetBucketAcl': 1_390,
    'S3 GetBucketPolicy': 1_390,
    'S3 GetPublicAccessBlock': 1_390,
    'S3 GetBucketOwnershipControls': 1_390,
    'S3 GetBucketWebsite': 1_390,
    'S3 GetBucketPolicyStatus': 278,
    'SQS ListQueues': 202,
    'SQS GetQueueAttributes': 2_780,
    'SNS ListTopics': 202,
    'SNS GetTopicAttributes': 1_290,
    'ECR DescribeRepositories': 200,
    'ECR GetRepositoryPolicy': 1_190,
    'Secrets Manager ListSecrets': 204,
    'Secrets Manager GetResourcePolicy': 2_580,
    'KMS ListKeys': 200,
    'KMS GetKeyPolicy': 1_190,
  },
  /** Of resources that are dangerous, whose flag is off: each day anew. */
  looks: 100,
  /** Of all invocations together. */
  seconds: { dispatcher: 1_107, walker: 1_040 },
} as const;

/** What happens in an account in a month: assumptions, in both Regions together. */
export const activity = {
  /**
   * Changes that AWS Config records. A group has one, too, whenever an interface takes it or leaves it. An instance and a cluster of RDS
   * are backed up once a day: one automated snapshot comes and one goes, and nothing documented keeps them from being recorded.
   */
  items: {
    'AWS::EC2::SecurityGroup': 60,
    'AWS::S3::Bucket': 10,
    'AWS::SQS::Queue': 10,
    'AWS::RDS::DBSnapshot': 60,
    'AWS::RDS::DBClusterSnapshot': 60,
    'AWS::SNS::Topic': 5,
    'AWS::ECR::Repository': 5,
    'AWS::KMS::Key': 2,
  },
  /** Calls that can open something, which the trail's rules forward. */
  openingCalls: 40,
} as const;

const secondsOfLook = assumed.look.coordinatorSeconds + assumed.look.remediationSeconds;
const kilobytes = {
  walk: `${assumed.logBytes.walk / 1_000} kB`,
  invocation: `${assumed.logBytes.invocation / 1_000} kB`,
};

/** What the walker calls with the session of the account. */
const memberCall =
  /^(?!(DynamoDB|STS|Lambda|EventBridge|Organizations) |SQS (Send|Receive|Delete|Change)|CloudWatch )/;

/** Days of a month, and how often a detector that comes once a day comes in it. */
const days = 365 / 12;

/** A line of what a detector costs an account in a month. */
export interface CostLine extends Units {
  detector: 'rule' | 'trail' | 'patrol';
  /** Whose bill it is on. */
  payer: 'member' | 'hub';
  /** How they are counted, in words. */
  formula: string;
}

/** What each detector costs an account in a month, where it is patrolled once a day. Pure. */
export function detectorCosts(): CostLine[] {
  return [...ruleCosts(), ...trailCosts(), ...patrolCosts()];
}

/**
 * What others who read the calls of an account cost for those of the patrol: CloudTrail's first copy is free, a further trail that
 * records calls that read is not; GuardDuty reads all.
 */
export function recordedCallsCosts(): CostLine[] {
  const { calls, accounts } = patrolOfHundred;
  const ofMember = Object.entries(calls).filter(([name]) => memberCall.test(name));
  const units = (ofMember.reduce((sum, [, count]) => sum + count, 0) / accounts) * days;
  const line = lineOf('patrol', 'member');
  return [
    line('recorded call, a second trail', units, "the patrol's calls in the account"),
    line('recorded call, GuardDuty', units, "the patrol's calls in the account"),
  ];
}

function ruleCosts(): CostLine[] {
  const items = Object.entries(activity.items);
  const recorded = items.reduce((sum, [, count]) => sum + count, 0);
  const custom = items.reduce(
    (sum, [type, count]) =>
      sum + count * customControls.filter(({ resourceType }) => resourceType === type).length,
    0,
  );
  const managedADay = controls.reduce(
    (sum, control) =>
      sum + (control.kind === 'custom' ? 0 : control.regions === 'home' ? 1 : patrolOfHundred.regions),
    0,
  );
  const line = lineOf('rule', 'member');
  return [
    line('configuration item', recorded, 'changes of recorded resources'),
    line(
      'rule evaluation',
      custom + managedADay * days,
      "changes × controls of the type + AWS's managed rules, each once a day",
    ),
    line('Lambda request', custom, 'changes × controls of the type'),
    line(
      'Lambda GB-second, arm64',
      custom * assumed.rule.seconds * gigabytes(assumed.rule.megabytes),
      `requests × ${assumed.rule.seconds} s × ${assumed.rule.megabytes} MB`,
    ),
    line('log GB', logGigabytes(custom * assumed.logBytes.invocation), `requests × ${kilobytes.invocation}`),
    // The bucket is the hub's. https://docs.aws.amazon.com/config/latest/developerguide/config-concepts.html
    lineOf('rule', 'hub')(
      'S3 put request',
      recorded + patrolOfHundred.regions * days,
      'files of changes, at most one for each, and a snapshot of each Region once a day',
    ),
  ];
}

function trailCosts(): CostLine[] {
  const { openingCalls } = activity;
  const { functions, reads, writes } = countedDay.event;
  const requests = openingCalls * (1 + functions);
  const hub = lineOf('trail', 'hub');
  return [
    lineOf('trail', 'member')(
      'event to another account',
      openingCalls,
      'calls that can open something, forwarded',
    ),
    hub('SQS request', 3 * openingCalls, 'events × (send, receive, delete)'),
    hub(
      'Lambda request',
      requests,
      `events × (coordinator, remediation function for each of ${functions} controls)`,
    ),
    hub(
      'Lambda GB-second, arm64',
      openingCalls * functions * secondsOfLook * gigabytes(assumed.look.megabytes),
      `events × ${functions} controls × ${secondsOfLook} s × ${assumed.look.megabytes} MB`,
    ),
    hub('DynamoDB read unit', reads * openingCalls, `events × ${reads}`),
    hub('DynamoDB write unit', writes * openingCalls, `events × ${writes}`),
    hub('log GB', logGigabytes(requests * assumed.logBytes.invocation), `requests × ${kilobytes.invocation}`),
  ];
}

function patrolCosts(): CostLine[] {
  const { calls, accounts, regions, seconds } = patrolOfHundred;
  /** Per account and month. */
  const monthly = (counted: number) => (counted / accounts) * days;
  const walks = regions * days;
  const looks = monthly(patrolOfHundred.looks);
  const gets =
    calls['S3 Control GetPublicAccessBlock'] +
    calls['S3 GetBucketAcl'] +
    calls['S3 GetBucketPolicy'] +
    calls['S3 GetPublicAccessBlock'] +
    calls['S3 GetBucketOwnershipControls'] +
    calls['S3 GetBucketWebsite'] +
    calls['S3 GetBucketPolicyStatus'];
  const { look, walk, lists, coverageBytes } = countedDay;
  const listed = regions * days * lists * (coverageBytes / 4_096);
  const lookRequests = looks * (1 + look.functions);
  const member = lineOf('patrol', 'member');
  const hub = lineOf('patrol', 'hub');
  return [
    member('S3 list request', monthly(calls['S3 ListBuckets']), 'walks × pages of buckets'),
    member('S3 get request', monthly(gets), 'walks × (1 + buckets × 5, and one more for each with a policy)'),
    member(
      'SQS request',
      monthly(calls['SQS ListQueues'] + calls['SQS GetQueueAttributes']),
      'walks × (pages of queues + queues)',
    ),
    member(
      'Secrets Manager request',
      monthly(calls['Secrets Manager ListSecrets'] + calls['Secrets Manager GetResourcePolicy']),
      'walks × (pages of secrets + secrets)',
    ),
    member(
      'KMS request',
      monthly(calls['KMS ListKeys'] + calls['KMS GetKeyPolicy']),
      'walks × (pages of keys + keys)',
    ),
    member(
      'SNS request',
      monthly(calls['SNS ListTopics'] + calls['SNS GetTopicAttributes']),
      'walks × (pages of topics + topics)',
    ),
    hub(
      'SQS request',
      3 * walks + 2 * looks + monthly(calls['SQS SendMessageBatch']),
      'walks × (send, receive, delete) + looks × (receive, delete), and their sending',
    ),
    hub(
      'Lambda request',
      2 * walks + lookRequests,
      'walks × (dispatcher, walker) + looks × (coordinator, remediation function)',
    ),
    hub(
      'Lambda GB-second, arm64',
      monthly(seconds.dispatcher) * gigabytes(patrolMegabytes.dispatcher) +
        monthly(seconds.walker) * gigabytes(patrolMegabytes.walker) +
        looks * secondsOfLook * gigabytes(assumed.look.megabytes),
      `walks × (${perWalk(seconds.dispatcher)} s × ${patrolMegabytes.dispatcher} MB + ${perWalk(seconds.walker)} s × ${patrolMegabytes.walker} MB) + looks × ${secondsOfLook} s × ${assumed.look.megabytes} MB`,
    ),
    hub(
      'DynamoDB read unit',
      walk.reads * walks + look.reads * looks + listed,
      `walks × ${walk.reads} + looks × ${look.reads} + the list of what is covered, ${lists} times a day`,
    ),
    hub(
      'DynamoDB write unit',
      walk.writes * walks + look.writes * looks,
      `walks × ${walk.writes} + looks × ${look.writes}`,
    ),
    hub(
      'log GB',
      logGigabytes(walks * assumed.logBytes.walk + lookRequests * assumed.logBytes.invocation),
      `walks × ${kilobytes.walk} + requests of looks × ${kilobytes.invocation}`,
    ),
  ];
}

function lineOf(detector: CostLine['detector'], payer: CostLine['payer']) {
  return (unit: Priced, units: number, formula: string): CostLine => ({
    detector,
    unit,
    payer,
    units,
    formula,
  });
}

function gigabytes(megabytes: number): number {
  return megabytes / 1_024;
}

function logGigabytes(bytes: number): number {
  return bytes / 1e9;
}

function perWalk(seconds: number): string {
  return (seconds / patrolOfHundred.accounts / patrolOfHundred.regions).toFixed(1);
}
