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

/**
 * How often a walk's clients try a call. It reads many resources with a call each, which AWS lets by at a rate: 50 secrets a second are
 * fewer than a walk asks for. The SDK waits longer each time, by which the walk slows down; with three attempts a page of a large
 * account would fail again and again.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 */
export const walkAttempts = 5;

/** As `clientConfiguration`, for clients that walk: their calls are tried more often. What takes too long, the walk's signal ends. */
export function walkConfiguration(region: string, credentials: SessionCredentials): ClientConfiguration {
  return { ...clientConfiguration(region, credentials), maxAttempts: walkAttempts };
}
