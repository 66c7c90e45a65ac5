import { EC2Client } from '@aws-sdk/client-ec2';
import { S3Client } from '@aws-sdk/client-s3';
import type { Gateway } from '../gateway/api';
import type { AccountClients } from './resource';

/** The ordinary SDK, as an administrator of an account. */
export function clientsOfAccount(gateway: Gateway, accountId: string, region: string): AccountClients {
  const configuration = {
    region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(accountId),
  };
  return { accountId, region, ec2: new EC2Client(configuration), s3: new S3Client(configuration) };
}
