/** Slack takes about one message a second in a channel, and short bursts beyond it: https://docs.slack.dev/apis/web-api/rate-limits */
const postMilliseconds = 1_050;
/** `chat.update` is of tier 3, 50 and more a minute: https://docs.slack.dev/reference/methods/chat.update */
const updateMilliseconds = 1_200;
/** How long the poster keeps to that once Slack has said so. */
const slowMilliseconds = 60_000;

/** What is limited each by itself. */
export type PacedCall = 'post' | 'update';

const spacing: Readonly<Record<PacedCall, number>> = { post: postMilliseconds, update: updateMilliseconds };

/**
 * How fast calls to Slack follow each other: as they come, since Slack takes bursts; and once it has said that they are too many, no
 * faster than its pages allow, for a while. Times are milliseconds since the epoch.
 */
export class Pace {
  private readonly last: Partial<Record<PacedCall, number>> = {};
  private readonly notBefore: Partial<Record<PacedCall, number>> = {};

  /** @param slowUntil until when it is known already that Slack wants few calls */
  constructor(private slow = 0) {}

  /** Until when calls keep their distance. */
  get slowUntil(): number {
    return this.slow;
  }

  /** When the next call of a kind may be made. */
  next(kind: PacedCall, now: number): number {
    const spaced = now < this.slow ? (this.last[kind] ?? 0) + spacing[kind] : now;
    return Math.max(now, spaced, this.notBefore[kind] ?? 0);
  }

  /** A call is made now. */
  made(kind: PacedCall, now: number): void {
    this.last[kind] = now;
  }

  /** Slack wants no call of a kind for so long. */
  limited(kind: PacedCall, now: number, milliseconds: number): void {
    this.slow = now + slowMilliseconds + milliseconds;
    this.notBefore[kind] = now + Math.max(milliseconds, spacing[kind]);
  }
}
