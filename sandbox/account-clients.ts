import { EC2Client } from '@aws-sdk/client-ec2';
import { S3Client } from '@aws-sdk/client-s3';
import { type ClientOf, clientsMadeWith } from './client-of';
import type { Gateway } from './gateway/api';
import { losing, type Telling } from './lost';
import { manyCalls } from './many-calls';

/** The ordinary AWS SDK, as an administrator of one account, in one Region. */
export interface AccountClients {
  accountId: string;
  region: string;
  ec2: EC2Client;
  s3: S3Client;
  /** A client of another service, the same for the same `make`. */
  client: ClientOf;
}

/**
 * Makes the clients of an account's administrator.
 * @param lost what does not tell of their calls; default: everything does
 */
export function clientsOfAccount(
  gateway: Pick<Gateway, 'endpoint' | 'administratorOf'>,
  accountId: string,
  region: string,
  lost: readonly Telling[] = [],
): AccountClients {
  const configuration = {
    ...manyCalls,
    region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(accountId),
    customUserAgent: losing(lost),
  };
  return {
    accountId,
    region,
    ec2: new EC2Client(configuration),
    s3: new S3Client(configuration),
    client: clientsMadeWith(configuration),
  };
}
