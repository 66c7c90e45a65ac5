/** What Slack's Web API answers where it refuses a call: `{ ok: false, error }` with HTTP 200. */
export class SlackError extends Error {
  override readonly name = 'SlackError';

  /**
   * @param code as the method's page lists it, for example `channel_not_found`
   * @param details further properties of the answer
   */
  constructor(
    readonly code: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(code);
  }

  /** With what is wrong, as Slack tells it: https://docs.slack.dev/apis/web-api/#responses */
  static because(code: string, messages: readonly string[]): SlackError {
    return new SlackError(code, { response_metadata: { messages } });
  }
}
