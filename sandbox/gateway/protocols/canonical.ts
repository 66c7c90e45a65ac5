import { serviceNamed, serviceSignedAs } from '../../services/registry';
import { ApiError } from './errors';
import type { HttpRequest } from './request';
import type { SignatureScope } from './signature';

/**
 * A request in the one form in which everybody who looks at it sees the same. moto decodes a path more than once, cuts it
 * at other places, and takes buckets from the host and Regions from the query and the user agent: what was authorized
 * would not be what it does. So the path is decoded once, for the gateway, and encoded again, for moto; what names a
 * resource in the host stands in the path; and what can still be read in two ways is refused.
 * @throws ApiError
 */
export function canonicalRequest(request: HttpRequest, scope: SignatureScope): HttpRequest {
  const { url, headers } = request;
  if (!url.startsWith('/')) throw unreadable('The request has no path.');
  const [path = '/', ...rest] = url.split('?');
  const decoded = pathOf(decodedOnce(path), request, scope);
  if (decoded.startsWith('//') || decoded.split('/').some((part) => part === '.' || part === '..'))
    throw unreadable('The path has parts that are empty, "." or "..".');
  const { protocol } = serviceNamed(serviceSignedAs(scope.signingName, decoded)) ?? {};
  // A key may hold a percent sign; where a path is a name, moto decodes it once more.
  if (protocol?.carriesData !== true && decoded.includes('%'))
    throw unreadable('The path is encoded more than once.');
  const query = rest.join('?');
  refuseOtherRegion(decodedTwice(query), scope);
  if (protocol?.carriesData !== true && !/^(identity)?$/i.test(headers['content-encoding'] ?? ''))
    throw unreadable('The body is compressed, which the sandbox does not read.');
  const encoded = decoded.split('/').map(encodeURIComponent).join('/');
  return {
    ...request,
    url: query === '' ? encoded : `${encoded}?${query.replaceAll('#', '%23')}`,
    path: decoded,
  };
}

function pathOf(path: string, request: HttpRequest, { signingName }: SignatureScope): string {
  const { protocol } = serviceNamed(serviceSignedAs(signingName, path)) ?? {};
  return protocol?.pathWithHost?.(path, request.headers.host ?? '') ?? path;
}

/** moto looks for a Region in the whole URL before it looks at the signature. */
function refuseOtherRegion(query: string, { region }: SignatureScope): void {
  const named = /\.([^.]+)\.amazonaws\.com/.exec(query)?.[1];
  if (named !== undefined && named !== region)
    throw unreadable(`The URL names the Region ${named}, and the signature ${region}.`);
}

function decodedOnce(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw unreadable('The path is not encoded as UTF-8.');
  }
}

function decodedTwice(query: string): string {
  return decodedLeniently(decodedLeniently(query));
}

function decodedLeniently(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function unreadable(message: string): ApiError {
  return new ApiError('InvalidURI', `The request cannot be read in one way alone. ${message}`);
}

/** An address of this machine, with which moto takes nothing from the host. */
const ownHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * The headers of a canonical request that moto may see: the host and the signature are what the gateway took them for, and none
 * is left from which moto would take something that the gateway did not look at.
 */
export function headersForMoto(
  { headers }: Pick<HttpRequest, 'headers'>,
  { accessKeyId, region, signingName }: SignatureScope,
): Record<string, string> {
  const { host = '', authorization: _, 'user-agent': __, ...others } = headers;
  return {
    ...others,
    host: ownHost.test(host) ? host : 'localhost',
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/${signingName}/aws4_request, SignedHeaders=host, Signature=0`,
  };
}
