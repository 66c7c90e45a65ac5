import type { SessionCredentials } from '../../core/remediation';

/** What every client of a member account is made with: its place, its session, and bounds on waiting. */
export interface ClientConfiguration {
  region: string;
  credentials: SessionCredentials;
  maxAttempts: number;
  requestHandler: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: true };
}

/**
 * Clients that give up long before the function does: three attempts of at most 8 seconds a call. Without
 * `throwOnRequestTimeout` the SDK only warns:
 * https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/http/httpHandlerInitialization.ts
 */
export function clientConfiguration(region: string, credentials: SessionCredentials): ClientConfiguration {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return {
    region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
  };
}
