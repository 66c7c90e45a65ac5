import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from './request';

/** What the `Authorization` header of a signed request says. */
export interface Authorization {
  accessKeyId: string;
  /** `20261127` */
  date: string;
  region: string;
  service: string;
  /** Lower-case names, in their order. */
  signedHeaders: readonly string[];
  signature: string;
}

const algorithm = 'AWS4-HMAC-SHA256';

/** Reads the header; undefined for one that is not of this form. */
export function parseAuthorization(header: string): Authorization | undefined {
  const [, credential = '', names = '', signature = ''] =
    /^AWS4-HMAC-SHA256 +Credential=([^,\s]+), *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})$/.exec(
      header.trim(),
    ) ?? [];
  const [accessKeyId, date, region, service, end, ...more] = credential.split('/');
  if (!accessKeyId || !date || !region || !service || end !== 'aws4_request' || more.length > 0)
    return undefined;
  return { accessKeyId, date, region, service, signature, signedHeaders: names.split(';') };
}

/**
 * Whether a signature was made with this secret, over this request with the body that it has. For services that encode a path once
 * more, as all but S3 do: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @param request as it came in: nothing decoded
 * @param time as the request states it, `20261127T054302Z`
 */
export function isSignedWith(
  secret: string,
  request: HttpRequest,
  authorization: Authorization,
  time: string,
): boolean {
  const { date, region, service, signature } = authorization;
  const scope = [date, region, service, 'aws4_request'];
  const stringToSign = [algorithm, time, scope.join('/'), sha256(canonicalOf(request, authorization))];
  const key = scope.reduce<Buffer>(
    (secretSoFar, part) => hmac(secretSoFar, part),
    Buffer.from(`AWS4${secret}`),
  );
  const wanted = hmac(key, stringToSign.join('\n'));
  return timingSafeEqual(wanted, Buffer.from(signature, 'hex'));
}

function canonicalOf(request: HttpRequest, { signedHeaders }: Authorization): string {
  const { method, path, url, headers, body } = request;
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
  return [
    method,
    path.split('/').map(encoded).join('/'),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    sha256(body),
  ].join('\n');
}

function canonicalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
}

/** As RFC 3986 has it, which leaves fewer characters than `encodeURIComponent`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
