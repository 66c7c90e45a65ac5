import type { BotToken } from '../notifier/bot-token';

/** Where Slack's Web API is. */
const base = 'https://slack.com/api/';

/** Slack's errors for a token that is not valid any more: https://docs.slack.dev/reference/methods/auth.test#errors */
const tokenErrors: readonly string[] = [
  'invalid_auth',
  'token_revoked',
  'token_expired',
  'not_authed',
  'account_inactive',
];

/** Thrown when Slack refuses a call. `code` is Slack's own word, such as `user_not_found`. */
export class SlackRefusalError extends Error {
  override readonly name = 'SlackRefusalError';

  constructor(
    method: string,
    readonly code: string,
  ) {
    super(`Slack refuses ${method}: ${code}`);
  }
}

/** Thrown when Slack could not be asked, or has no time: another try may succeed. */
export class SlackUnavailableError extends Error {
  override readonly name = 'SlackUnavailableError';
}

/** What calls of Slack are made with. */
export interface SlackApiParts {
  token: Pick<BotToken, 'get' | 'refresh'>;
  fetch: typeof fetch;
  /** How long one call may take; milliseconds. */
  timeout: number;
}

/**
 * The few calls of Slack's Web API that the two functions of the door make. They are plain forms, as Slack takes them of every method,
 * structured values as JSON: https://docs.slack.dev/apis/web-api/
 * Nothing is tried twice here but after a token that was rotated: whoever calls knows whether there is time.
 */
export class SlackApi {
  constructor(private readonly parts: SlackApiParts) {}

  /**
   * @returns Slack's answer
   * @throws SlackRefusalError, SlackUnavailableError; BotTokenError or AWS's error when there is no token
   */
  async call(method: string, parameters: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { token } = this.parts;
    try {
      return await this.once(method, parameters, await token.get());
    } catch (error) {
      if (!(error instanceof SlackRefusalError) || !tokenErrors.includes(error.code)) throw error;
      return await this.once(method, parameters, await token.refresh());
    }
  }

  /**
   * Answers by an address that Slack gave for it: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
   * @throws SlackRefusalError when it is used up or too old; SlackUnavailableError
   */
  async respond(responseUrl: string, message: object): Promise<void> {
    const response = await this.send('response_url', responseUrl, {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(message),
    });
    if (response.status >= 300) throw new SlackRefusalError('response_url', `status_${response.status}`);
  }

  private async once(
    method: string,
    parameters: Record<string, unknown>,
    token: string,
  ): Promise<Record<string, unknown>> {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    }
    const response = await this.send(method, `${base}${method}`, {
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      },
      body: form.toString(),
    });
    const answer = await response.json().catch(() => undefined);
    if (typeof answer !== 'object' || answer === null || !('ok' in answer)) {
      throw new SlackUnavailableError(`Slack answers ${method} with the status ${response.status}.`);
    }
    if (answer.ok === true) return { ...answer };
    const code = 'error' in answer ? String(answer.error) : 'unknown_error';
    if (busyErrors.includes(code))
      throw new SlackUnavailableError(`Slack does not answer ${method}: ${code}`);
    throw new SlackRefusalError(method, code);
  }

  /** @throws SlackUnavailableError where there is no connection, no answer in time, a rate limit, or a fault of Slack's */
  private async send(
    what: string,
    url: string,
    { headers, body }: { headers: Record<string, string>; body: string },
  ): Promise<Response> {
    const { fetch: send, timeout } = this.parts;
    let response: Response;
    try {
      response = await send(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
      });
    } catch (error) {
      // Of the cause alone: an address that Slack gave is as good as a password for half an hour.
      const cause = error instanceof Error ? error.name : 'unknown';
      throw new SlackUnavailableError(`Slack could not be reached for ${what} (${cause}).`);
    }
    if (response.status !== 429 && response.status < 500) return response;
    throw new SlackUnavailableError(`Slack answers ${what} with the status ${response.status}.`);
  }
}

/** https://docs.slack.dev/reference/methods/views.open#errors */
const busyErrors: readonly string[] = [
  'ratelimited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
];
