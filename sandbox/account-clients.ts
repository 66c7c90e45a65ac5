import { EC2Client } from '@aws-sdk/client-ec2';
import { S3Client } from '@aws-sdk/client-s3';
import type { Gateway } from './gateway/api';

/** The ordinary AWS SDK, as an administrator of one account, in one Region. */
export interface AccountClients {
  accountId: string;
  region: string;
  ec2: EC2Client;
  s3: S3Client;
}

/** Makes the clients of an account's administrator. */
export function clientsOfAccount(gateway: Gateway, accountId: string, region: string): AccountClients {
  const configuration = {
    region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(accountId),
  };
  return { accountId, region, ec2: new EC2Client(configuration), s3: new S3Client(configuration) };
}
