import { createHmac } from 'node:crypto';

/** A request to an app's request URL. */
export interface SignedRequest {
  headers: Record<string, string>;
  /** `application/x-www-form-urlencoded`, with the JSON of what happened in `payload`. */
  body: string;
}

/**
 * What Slack sends to an app when somebody clicks or submits.
 * https://docs.slack.dev/interactivity/handling-user-interaction#payloads
 *
 * @param payload what happened
 * @param secret the app's signing secret; a test may forge with another one
 * @param seconds since the epoch, at which it is sent
 */
export function signedRequest(payload: unknown, secret: string, seconds: number): SignedRequest {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': String(seconds),
      'x-slack-signature': signatureOf(body, secret, seconds),
    },
    body,
  };
}

/** Slack's signature of a request's raw body: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signatureOf(body: string, secret: string, seconds: number): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')}`;
}
