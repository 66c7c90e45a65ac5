import { accountOfArn, queueOfUrl } from './arn';
import type { Learned } from './learned';
import type { Operation } from './protocols/operation';
import type { HttpRequest } from './protocols/request';

/** Parameters that name a resource by an ARN which may lie in another account. */
const arnParameters = [
  'FunctionName',
  'KeyId',
  'ResourceArn',
  'RoleArn',
  'SecretId',
  'TableName',
  'TargetArn',
  'TopicArn',
  'EventBusName',
  'Name',
];

/**
 * The account whose resources a call reaches: a queue's by its URL, a bucket's owner, the management account for the
 * organization, the account in an ARN; else the caller's own.
 */
export function accountOf(
  { service, operation, parameters }: Operation,
  request: HttpRequest,
  callerAccountId: string,
  learned: Learned,
): string {
  switch (service) {
    case 'sqs':
      return (
        queueOfUrl(parameters.QueueUrl)?.accountId ??
        queueOfUrl(request.path)?.accountId ??
        text(parameters.QueueOwnerAWSAccountId) ??
        callerAccountId
      );
    case 's3':
      // Who creates a bucket that somebody else has must hear that from S3.
      if (operation === 'CreateBucket') return callerAccountId;
      return learned.buckets.byName.get(String(parameters.Bucket))?.ownerAccountId ?? callerAccountId;
    case 's3-control':
      return text(parameters.AccountId) ?? callerAccountId;
    case 'organizations':
      return learned.organization.managementAccountId ?? callerAccountId;
    case 'events':
      return accountOfEntries(parameters.Entries) ?? accountByArn(parameters) ?? callerAccountId;
    case 'iam':
      return callerAccountId;
    default:
      return accountByArn(parameters) ?? callerAccountId;
  }
}

function accountByArn(parameters: Record<string, unknown>): string | undefined {
  for (const name of arnParameters) {
    const accountId = accountOfArn(parameters[name]);
    if (accountId) return accountId;
  }
  return undefined;
}

/** The account of the buses of PutEvents, where all entries name the same one. */
function accountOfEntries(entries: unknown): string | undefined {
  if (!Array.isArray(entries)) return undefined;
  const accounts = new Set(
    entries.map((entry: { EventBusName?: unknown }) => accountOfArn(entry.EventBusName)),
  );
  return accounts.size === 1 ? [...accounts][0] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
