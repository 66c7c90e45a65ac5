import { SlidingWindow } from './sliding-window';

/** How many calls of a method Slack takes in which time: https://docs.slack.dev/apis/web-api/rate-limits */
export interface MethodLimit {
  count: number;
  milliseconds: number;
  /** Whether each channel has its own. */
  eachChannel?: boolean;
}

const minute = 60_000;

/**
 * Slack's tiers, a method, a workspace and an app. Slack tolerates bursts and promises none: here a tier is a limit.
 * `post` is one message a second a channel, of which three may come at once.
 */
export const tiers = {
  2: { count: 20, milliseconds: minute },
  3: { count: 50, milliseconds: minute },
  4: { count: 100, milliseconds: minute },
  /** "Hundreds of requests per minute", as the pages of `auth.test` and `chat.getPermalink` say. */
  hundreds: { count: 300, milliseconds: minute },
  post: { count: 3, milliseconds: 3_000, eachChannel: true },
} as const satisfies Record<string, MethodLimit>;

/** Counts the calls of methods. */
export class RateLimits {
  private readonly windows = new Map<string, SlidingWindow>();

  /**
   * @param now milliseconds since the epoch
   * @param timeScale how much faster the limits' time passes
   */
  constructor(
    private readonly now: () => number,
    private readonly timeScale = 1,
  ) {}

  /**
   * Lets a call by, where the method's limit has room.
   * @returns 0, or after how many whole seconds to come back
   */
  take(method: string, limit: MethodLimit, channel: string): number {
    const key = limit.eachChannel ? `${method} ${channel}` : method;
    const scaled = { count: limit.count, milliseconds: limit.milliseconds / this.timeScale };
    const window = this.windows.get(key) ?? new SlidingWindow(scaled);
    this.windows.set(key, window);
    return Math.ceil(window.take(this.now()) / 1000);
  }
}
