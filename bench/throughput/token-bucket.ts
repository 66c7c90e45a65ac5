/** How much a service takes of somebody: so many tokens at once, and so many more each second. */
export interface BucketSize {
  tokens: number;
  perSecond: number;
}

/**
 * A token bucket, as AWS describes its throttles:
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html#throttling-how
 */
export class TokenBucket {
  #tokens: number;

  /** @param filledAt when it is full, in milliseconds */
  constructor(
    private readonly size: BucketSize,
    private filledAt: number,
  ) {
    this.#tokens = size.tokens;
  }

  /**
   * Whether there is anything to take.
   * @param at milliseconds, never fewer than before
   */
  allows(at: number): boolean {
    const { tokens, perSecond } = this.size;
    this.#tokens = Math.min(tokens, this.#tokens + ((at - this.filledAt) / 1000) * perSecond);
    this.filledAt = at;
    return this.#tokens >= 1;
  }

  /** Takes tokens; what is more than there are has those that follow wait for it. */
  take(cost: number): void {
    this.#tokens -= cost;
  }
}
