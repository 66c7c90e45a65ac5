/** How the stand-in fails, where a test or a person asks for that. */
export type SlackOutage =
  /** The connection is cut, and nothing was done. */
  | 'unreachable'
  /** What was asked for is done, and then the connection is cut: nobody learns of it. */
  | 'answer-lost'
  /** No answer ever comes, and nothing was done. */
  | 'time-out'
  /** Every request is answered with HTTP 500. */
  | 'server-error'
  /** Every request is answered with this status, for example 503. */
  | { status: number }
  /** Every request is answered with HTTP 429, and after how many seconds to come back; undefined leaves `Retry-After` out. */
  | { retryAfterSeconds: number | undefined }
  /** Every call is refused with this error, for example `is_archived` or `token_revoked`. */
  | { error: string };

/** Which requests an outage hits; everything that is left out narrows nothing. */
export interface OutageScope {
  /** Methods, for example `chat.update`; `response_url` and `upload` stand for those URLs. */
  methods?: readonly string[];
  channel?: string;
  /** How many requests are hit, before all is well again. */
  times?: number;
}

/** What is failed on demand. */
export class Outages {
  private current: { outage: SlackOutage; scope: OutageScope; left: number } | undefined;

  /** The outage that is asked for at present. */
  get outage(): SlackOutage | undefined {
    return this.current?.outage;
  }

  /** Starts an outage in place of the one before, or with undefined ends it. */
  set(outage: SlackOutage | undefined, scope: OutageScope = {}): void {
    this.current =
      outage === undefined ? undefined : { outage, scope, left: scope.times ?? Number.POSITIVE_INFINITY };
  }

  /** The outage that hits a request; counts it. */
  hit(request: { method: string; channel: string }): SlackOutage | undefined {
    if (this.current === undefined) return undefined;
    const { outage, scope } = this.current;
    if (scope.methods !== undefined && !scope.methods.includes(request.method)) return undefined;
    if (scope.channel !== undefined && scope.channel !== request.channel) return undefined;
    this.current.left -= 1;
    if (this.current.left <= 0) this.current = undefined;
    return outage;
  }
}
