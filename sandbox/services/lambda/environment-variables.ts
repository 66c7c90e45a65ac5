import type { Credentials } from '../../gateway/api';
import type { FunctionDefinition } from './definitions';

/** Name of a function's log group, and of the log stream of one execution environment. */
export interface LogDestination {
  logGroupName: string;
  logStreamName: string;
}

/**
 * The whole environment of a function: what its template gives it, and what Lambda adds
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, "Defined runtime environment variables").
 * Nothing comes from this process's own environment. The SDK's standard endpoint variables lead to the gateway:
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 *
 * @param gatewayPort port of the gateway on 127.0.0.1
 */
export function environmentVariables(
  definition: FunctionDefinition,
  credentials: Credentials,
  destination: LogDestination,
  directory: string,
  gatewayPort: number,
): Record<string, string> {
  return {
    ...definition.environment,
    _HANDLER: definition.handler,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_DEFAULT_REGION: definition.region,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${gatewayPort}`,
    // S3 Control puts the account id before the host, which an IP address does not allow.
    AWS_ENDPOINT_URL_S3_CONTROL: `http://localhost:${gatewayPort}`,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: definition.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: destination.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: destination.logStreamName,
    AWS_REGION: definition.region,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    LAMBDA_TASK_ROOT: directory,
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    TZ: ':UTC',
  };
}
