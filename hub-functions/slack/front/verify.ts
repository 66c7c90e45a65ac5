import { verifySlackRequest } from '@slack/bolt/dist/receivers/verify-request';
import type { SigningSecret } from './signing-secret';

/** More than Slack sends of a message with fifty blocks, in a form that writes many characters as three; characters. */
const longestBody = 1_000_000;
/** A time that is further ahead than this is nobody's; seconds. Bolt's verifier refuses what is as old. */
const tolerance = 300;

/** A request as API Gateway hands it over: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
export interface FrontRequest {
  headers?: Readonly<Record<string, string | undefined>> | null;
  body?: string | null;
  isBase64Encoded?: boolean;
  requestContext?: { requestId?: string; identity?: { sourceIp?: string } };
}

/** A request that Slack has signed, or why it is not known to be one. */
export type Verified =
  /** `signature` as the header has it. */
  { body: string; signature: string } | { refused: string };

/** What is checked before anything of a request is read. */
export interface VerifyParts {
  secret: Pick<SigningSecret, 'get' | 'again'>;
  /** Milliseconds since the epoch. */
  now(): number;
}

/**
 * Whether Slack has signed a request within the last five minutes: over the raw body, by Bolt's own verifier.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 * @throws SigningSecretError; AWS's error when the secret cannot be read
 */
export async function verifyRequest(request: FrontRequest, { secret, now }: VerifyParts): Promise<Verified> {
  const { body: sent, isBase64Encoded } = request;
  if (typeof sent !== 'string' || sent === '') return { refused: 'there is no body' };
  if (sent.length > longestBody) return { refused: `the body has ${sent.length} characters` };
  const signature = headerOf(request, 'x-slack-signature');
  const time = headerOf(request, 'x-slack-request-timestamp');
  if (signature === undefined || time === undefined) return { refused: 'it is not signed' };
  // Bolt compares numbers, and takes what is none for new enough.
  if (!/^\d{1,12}$/.test(time)) return { refused: 'its time is none' };
  if (!/^v0=[0-9a-f]{64}$/.test(signature)) return { refused: 'its signature has another form' };
  if (Number(time) > now() / 1_000 + tolerance) return { refused: 'its time lies ahead' };
  const body = isBase64Encoded ? Buffer.from(sent, 'base64').toString('utf8') : sent;
  const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(time) };
  const check = (signingSecret: string): string | undefined => {
    try {
      verifySlackRequest({ signingSecret, body, headers, nowMilliseconds: now() });
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : 'its signature is not right';
    }
  };
  const refused = check(await secret.get());
  if (refused === undefined) return { body, signature };
  const rotated = await secret.again();
  const refusedAgain = rotated === undefined ? refused : check(rotated);
  return refusedAgain === undefined ? { body, signature } : { refused: refusedAgain };
}

/** A header by its name in small letters, however API Gateway writes it: HTTP/2 has small letters, HTTP/1.1 what was sent. */
function headerOf({ headers }: FrontRequest, name: string): string | undefined {
  const found = Object.entries(headers ?? {}).filter(([key]) => key.toLowerCase() === name);
  // Of two nobody can say which one was signed.
  return found.length === 1 ? found[0]?.[1] : undefined;
}
