import {
  CloudFormationClient,
  paginateListStackSetOperations,
  paginateListStackSets,
} from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { stackSetPrefix } from '../../../../core/names';
import { errorCodeOf } from '../../../../resources/kit/aws-error';
import { type CallPlace, withClient } from '../../../aws/access';
import { isBootstrapped, isMissingBucket } from '../../../aws/bootstrapped';
import { reading } from '../../../aws/reading';
import type { HubBefore, RunningOperation } from '../facts';
import { credentialsIn, type Entry } from './credentials';
import { readOptIns } from './read-account-before';

/** Reads the account that will be the hub. */
export async function readHubBefore(entry: Entry, hub: HubPlace, bucketName: string): Promise<HubBefore> {
  const { access } = entry;
  const session = await credentialsIn(entry, hub.account);
  if ('unread' in session)
    return {
      optIns: session,
      executions: session,
      isBootstrapped: session,
      bucketIsOurs: session,
      operations: session,
    };
  const place: CallPlace = { region: hub.region, ...session.read };
  return {
    optIns: await readOptIns(access, place),
    executions: await reading(() => withClient(access, LambdaClient, place, executionsOf)),
    isBootstrapped: await reading(() =>
      withClient(access, S3Client, place, (client) => isBootstrapped(client, hub)),
    ),
    bucketIsOurs: await reading(() =>
      withClient(access, S3Client, place, (client) => isOurs(client, bucketName, hub.account)),
    ),
    operations: await reading(() => withClient(access, CloudFormationClient, place, operationsOf)),
  };
}

async function executionsOf(client: LambdaClient): Promise<number> {
  const { AccountLimit: limit } = await client.send(new GetAccountSettingsCommand({}));
  return limit?.UnreservedConcurrentExecutions ?? 0;
}

/** Where the hub is, or will be. */
interface HubPlace {
  account: string;
  region: string;
}

/** Of somebody else's bucket AWS says that it is forbidden: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
async function isOurs(client: S3Client, Bucket: string, ExpectedBucketOwner: string): Promise<boolean> {
  try {
    await client.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner }));
    return true;
  } catch (error) {
    if (isMissingBucket(error)) return true;
    if (['Forbidden', 'AccessDenied', '403'].includes(errorCodeOf(error) ?? '')) return false;
    throw error;
  }
}

async function operationsOf(client: CloudFormationClient): Promise<RunningOperation[]> {
  const names: string[] = [];
  for await (const { Summaries: sets = [] } of paginateListStackSets(
    { client },
    { CallAs: 'DELEGATED_ADMIN', Status: 'ACTIVE' },
  ))
    names.push(
      ...sets.flatMap(({ StackSetName = '' }) =>
        StackSetName.startsWith(stackSetPrefix) ? [StackSetName] : [],
      ),
    );
  const running: RunningOperation[] = [];
  for (const StackSetName of names) {
    const pages = paginateListStackSetOperations({ client }, { StackSetName, CallAs: 'DELEGATED_ADMIN' });
    for await (const { Summaries: operations = [] } of pages)
      for (const { OperationId = '', Action = '', Status } of operations)
        if (Status === 'RUNNING' || Status === 'QUEUED' || Status === 'STOPPING')
          running.push({ stackSet: StackSetName, id: OperationId, action: Action });
  }
  return running;
}
