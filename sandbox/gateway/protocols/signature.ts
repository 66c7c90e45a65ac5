import type { HttpRequest } from './request';

/** What a request's signature says of its sender. AWS's own API does not check it here: everybody is on this machine. */
export interface SignatureScope {
  accessKeyId: string;
  region: string;
  /** The signing name, for example `s3` also for S3 Control, `monitoring` for CloudWatch. */
  signingName: string;
  sessionToken?: string;
}

/**
 * Reads the credential scope of an AWS Signature Version 4, from the Authorization header or from a presigned query.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @returns undefined when the request is not signed.
 */
export function signatureScopeOf(request: HttpRequest): SignatureScope | undefined {
  const credential =
    /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1] ??
    request.query.get('X-Amz-Credential');
  const [accessKeyId, , region, signingName] = (credential ?? '').split('/');
  if (!accessKeyId || !isName(region) || !isName(signingName)) return undefined;
  const sessionToken = request.headers['x-amz-security-token'] ?? request.query.get('X-Amz-Security-Token');
  return { accessKeyId, region, signingName, ...(sessionToken && { sessionToken }) };
}

/** Of these moto makes the name of a host. */
function isName(text: string | undefined): text is string {
  return text !== undefined && /^[\w-]+$/.test(text);
}
