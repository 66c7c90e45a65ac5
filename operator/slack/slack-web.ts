/** What Slack answers to a call, and with which scopes the token comes. */
export interface SlackAnswer {
  ok: boolean;
  /** Slack's own word where it is not: `channel_not_found`. */
  error?: string;
  /** Of the header `x-oauth-scopes`; absent where Slack does not say. */
  scopes?: string[];
  body: Record<string, unknown>;
}

/** Calls a method of Slack's Web API. @throws Error where Slack cannot be reached, or does not answer as it should */
export type CallSlack = (
  token: string,
  method: string,
  parameters: Record<string, string>,
) => Promise<SlackAnswer>;

const callMilliseconds = 10_000;

/**
 * Slack's Web API: https://docs.slack.dev/apis/web-api/
 * @param base where it stands: `https://slack.com`, or the sandbox's
 */
export function slackWeb(base: string, send: typeof fetch): CallSlack {
  return async (token, method, parameters) => {
    const response = await send(`${base}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(parameters).toString(),
      redirect: 'error',
      signal: AbortSignal.timeout(callMilliseconds),
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (typeof body !== 'object' || body === null || !('ok' in body)) {
      throw new Error(`Slack answers ${method} with the status ${response.status}.`);
    }
    const scopes = response.headers.get('x-oauth-scopes');
    return {
      ok: body.ok === true,
      ...('error' in body && { error: String(body.error) }),
      ...(scopes !== null && { scopes: scopes.split(',').map((scope) => scope.trim()) }),
      body: { ...body },
    };
  };
}
