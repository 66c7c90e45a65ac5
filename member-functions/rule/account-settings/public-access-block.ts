import {
  GetPublicAccessBlockCommand,
  NoSuchPublicAccessBlockConfiguration,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';

/**
 * Reads an account's public access block as it is now.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html
 * @returns the settings under their names in S3's API; null where the account has none
 * @throws Error when S3 cannot be asked
 */
export async function readAccountSetting(
  accountId: string,
  s3Control: Pick<S3ControlClient, 'send'> = new S3ControlClient({}),
): Promise<unknown> {
  try {
    const answer = await s3Control.send(new GetPublicAccessBlockCommand({ AccountId: accountId }));
    if (answer.PublicAccessBlockConfiguration === undefined)
      throw new Error('S3 answered no public access block, and no error');
    return answer.PublicAccessBlockConfiguration;
  } catch (error) {
    if (error instanceof NoSuchPublicAccessBlockConfiguration) return null;
    throw error;
  }
}
