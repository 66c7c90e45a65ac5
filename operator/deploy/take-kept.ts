import { DeleteTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ledgerTableName, savedStatesTableName } from '../../core/names';
import { errorCodeOf } from '../../resources/kit/aws-error';
import { printable } from '../../resources/kit/printable';
import { type AwsAccess, withClient } from '../aws/access';
import { OperatorError } from '../errors';

/** What stays when the hub is removed, unless somebody says otherwise. */
export type KeptPart = 'ledger' | 'bucket';

/** Where it is. */
export interface KeptPlace {
  access: AwsAccess;
  region: string;
  account: string;
  bucketName: string;
}

/**
 * Deletes what stays otherwise; what is not there any more is well.
 * @returns names of what was deleted
 * @throws the SDK's errors, and OperatorError when S3 keeps objects
 */
export async function takeKept(place: KeptPlace, parts: readonly KeptPart[]): Promise<string[]> {
  const taken: string[] = [];
  if (parts.includes('ledger'))
    for (const table of [ledgerTableName, savedStatesTableName])
      if (await isTableDeleted(place, table)) taken.push(table);
  if (parts.includes('bucket') && (await isBucketDeleted(place))) taken.push(place.bucketName);
  return taken;
}

function isTableDeleted({ access, region }: KeptPlace, TableName: string): Promise<boolean> {
  return withClient(access, DynamoDBClient, { region }, async (client) => {
    try {
      await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
      await client.send(new DeleteTableCommand({ TableName }));
      return true;
    } catch (error) {
      if (errorCodeOf(error) === 'ResourceNotFoundException') return false;
      throw error;
    }
  });
}

/** A bucket has to be empty, of old versions and delete markers too: https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html */
function isBucketDeleted({ access, region, account, bucketName: Bucket }: KeptPlace): Promise<boolean> {
  const owner = { Bucket, ExpectedBucketOwner: account };
  return withClient(access, S3Client, { region }, async (client) => {
    try {
      await emptied(client, owner);
      await client.send(new DeleteBucketCommand(owner));
      return true;
    } catch (error) {
      if (['NoSuchBucket', 'NotFound'].includes(errorCodeOf(error) ?? '')) return false;
      throw error;
    }
  });
}

/** @throws OperatorError when S3 keeps an object */
async function emptied(
  client: S3Client,
  owner: { Bucket: string; ExpectedBucketOwner: string },
): Promise<void> {
  // What was deleted is listed no more, so that the first page is always the next.
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand(owner));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors: [first] = [] } = await client.send(
      new DeleteObjectsCommand({ ...owner, Delete: { Objects, Quiet: true } }),
    );
    if (first !== undefined)
      throw new OperatorError(`S3 keeps objects of ${owner.Bucket} (${printable(first.Code ?? '')}).`);
  }
}
