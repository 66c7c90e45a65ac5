import { RDSClient } from '@aws-sdk/client-rds';
import type { SandboxClientConfiguration } from '../../client-of';

/** A client of RDS that calls the sandbox. */
export function rdsClient(configuration: SandboxClientConfiguration): RDSClient {
  return new RDSClient(configuration);
}
