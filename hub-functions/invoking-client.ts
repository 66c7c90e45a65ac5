import { LambdaClient } from '@aws-sdk/client-lambda';

/**
 * A Lambda client for functions that get a session's credentials: one attempt, since what is under way must not be started again,
 * and a time limit that throws. Both options are of the SDK's own request handler:
 * https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/CLIENTS.md#request-handler-requesthandler
 * @param requestTimeout how long an answer may take, in milliseconds: longer than the function's own timeout
 */
export function invokingClient(requestTimeout: number): LambdaClient {
  return new LambdaClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 5_000, requestTimeout, throwOnRequestTimeout: true },
  });
}
