/**
 * How API Gateway throttles: each request takes a token, of which there are `burst` at the most and `rate` more each second.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export class TokenBucket {
  private tokens: number;
  private filledAt: number | undefined;

  constructor(private readonly limits: { rate: number; burst: number }) {
    this.tokens = limits.burst;
  }

  /**
   * Takes a token.
   * @param now milliseconds since the epoch
   * @returns whether there was one
   */
  take(now: number): boolean {
    const { rate, burst } = this.limits;
    const seconds = Math.max(0, now - (this.filledAt ?? now)) / 1000;
    this.tokens = Math.min(burst, this.tokens + seconds * rate);
    this.filledAt = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
