import { UnsupportedError } from '../../failures';
import type { HostedParts, Signer } from '../../gateway/api';
import type { HttpRequest } from '../../gateway/protocols/request';
import { type Authorization, isSignedWith, parseAuthorization } from '../../gateway/protocols/signature-v4';
import { expiredToken, incompleteSignature, invalidSignature, invalidToken, missingToken } from './answers';

/** Where a signature has to be for, and when. */
export interface SignedFor {
  region: string;
  /** Milliseconds since the epoch. */
  now: number;
}

/** So far a request's time may be from the service's; milliseconds. */
const tolerance = 5 * 60_000;

/**
 * Who sent a request, by its Signature Version 4: it has to be made with a key that the sandbox issued, within five minutes, for this
 * Region and service, over this method, path, query and body. The same request may come again meanwhile, as at AWS.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
 *
 * @throws GatewayResponse as API Gateway would answer; UnsupportedError for a signature in the URL
 */
export function verifyCaller(
  request: HttpRequest,
  signerOf: HostedParts['signerOf'],
  { region, now }: SignedFor,
): { signer: Signer; accessKeyId: string } {
  if (request.query.has('X-Amz-Signature'))
    throw new UnsupportedError('The sandbox verifies signatures in the Authorization header only.');
  const { authorization: header, 'x-amz-security-token': token } = request.headers;
  if (header === undefined) throw missingToken();
  const authorization = parseAuthorization(header);
  if (!authorization) throw incompleteSignature(`Authorization header cannot be read: ${header}`);
  const signer = signerOf(authorization.accessKeyId);
  if (!signer?.sessionTokens.includes(token)) throw invalidToken();
  if (signer.isOver) throw expiredToken();
  const time = timeOf(request, authorization, now);
  checkScope(authorization, region);
  if (!authorization.signedHeaders.includes('host'))
    throw invalidSignature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  if (!signer.secrets.some((secret) => isSignedWith(secret, request, authorization, time)))
    throw invalidSignature(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  return { signer, accessKeyId: authorization.accessKeyId };
}

/** The time that the request states, checked. */
function timeOf({ headers }: HttpRequest, { date, signedHeaders }: Authorization, now: number): string {
  const time = headers['x-amz-date'] ?? '';
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(milliseconds) || !signedHeaders.includes('x-amz-date'))
    throw incompleteSignature(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  if (!time.startsWith(date))
    throw invalidSignature(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${time.slice(0, 8)}'.`,
    );
  const [earliest, latest] = [now - tolerance, now + tolerance].map(basicFormat);
  if (milliseconds < now - tolerance)
    throw invalidSignature(
      `Signature expired: ${time} is now earlier than ${earliest} (${basicFormat(now)} - 5 min.)`,
    );
  if (milliseconds > now + tolerance)
    throw invalidSignature(
      `Signature not yet current: ${time} is still later than ${latest} (${basicFormat(now)} + 5 min.)`,
    );
  return time;
}

function checkScope({ region, service }: Authorization, wanted: string): void {
  if (region !== wanted)
    throw invalidSignature(`Credential should be scoped to a valid region, not '${region}'. `);
  if (service !== 'execute-api')
    throw invalidSignature("Credential should be scoped to correct service: 'execute-api'. ");
}

/** `20261127T054302Z` */
function basicFormat(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '');
}
