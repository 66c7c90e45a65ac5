import type { ServiceName } from '../../test/faults/aws/service-error';

/** Services that only operators and the reconcile call, beside those of the AWS in memory. */
export type OperatorService = 'AWS Config' | 'CloudFormation' | 'IAM' | 'API Gateway';

/** A service whose calls the bench paces. */
export type PacedService = ServiceName | OperatorService;

/** How long a call takes where nothing throttles it, and who says so. */
interface CallTime {
  milliseconds: number;
  /** A page of AWS's, or that nobody documents it. */
  source: string;
}

const assumed = 'assumption: AWS documents none';
const singleDigit =
  'single-digit milliseconds: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Introduction.html';
/** The upper end of what a small object's first byte takes; what concerns a bucket's settings is documented nowhere. */
const s3 =
  'assumption by 100 to 200 ms of small objects: https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html';

/** By service, and by service and call where one differs. AWS documents few latencies; the rest is on the slow side of what is usual. */
const callTimes: Readonly<Record<PacedService, CallTime>> & Readonly<Record<string, CallTime>> = {
  DynamoDB: { milliseconds: 8, source: singleDigit },
  'DynamoDB TransactWrite': { milliseconds: 20, source: assumed },
  EC2: { milliseconds: 150, source: assumed },
  'EC2 RevokeSecurityGroupIngress': { milliseconds: 400, source: assumed },
  S3: { milliseconds: 150, source: s3 },
  'S3 Control': { milliseconds: 150, source: s3 },
  SQS: { milliseconds: 30, source: assumed },
  SNS: { milliseconds: 30, source: assumed },
  ECR: { milliseconds: 100, source: assumed },
  'Secrets Manager': { milliseconds: 60, source: assumed },
  KMS: { milliseconds: 60, source: assumed },
  STS: { milliseconds: 80, source: assumed },
  /** Of an invocation beside what its function does, in an environment that is warm. */
  Lambda: { milliseconds: 20, source: assumed },
  EventBridge: { milliseconds: 40, source: assumed },
  /** From another Region: it is in us-east-1 only. */
  Organizations: { milliseconds: 200, source: assumed },
  CloudTrail: { milliseconds: 300, source: assumed },
  'AWS Config': { milliseconds: 200, source: assumed },
  /** A page of a hundred stack instances. */
  CloudFormation: { milliseconds: 500, source: assumed },
  /** From another Region: it is in us-east-1 only. */
  IAM: { milliseconds: 150, source: assumed },
  /** With the orders function behind it, which is warm. */
  'API Gateway': { milliseconds: 300, source: assumed },
};

/** How long a call takes, in milliseconds. */
export function callMilliseconds(service: PacedService, command: string): number {
  return (callTimes[`${service} ${command}`] ?? callTimes[service]).milliseconds;
}
