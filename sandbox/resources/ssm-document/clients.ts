import { SSMClient } from '@aws-sdk/client-ssm';
import type { SandboxClientConfiguration } from '../../client-of';

/** A client of Systems Manager that calls the sandbox. */
export function ssmClient(configuration: SandboxClientConfiguration): SSMClient {
  return new SSMClient(configuration);
}
