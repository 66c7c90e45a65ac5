import type { HeldChannel } from '../../../ledger/cards/channels';
import type { Pace, PacedCall } from './pace';
import type { PosterParts } from './parts';
import { LimitedError, PostError } from './slack-errors';
import { callMilliseconds } from './slack-posts';

/** How often a call waits out a limit of Slack's before the rest is left to another run. */
const mostWaits = 30;

/** Makes the calls of one run, each when Slack allows it, and none that would outlast the invocation. */
export class PacedCalls {
  /** @param remaining milliseconds that are left to this invocation */
  constructor(
    private readonly parts: Pick<PosterParts, 'now' | 'sleep'>,
    private readonly held: HeldChannel,
    private readonly pace: Pace,
    private readonly remaining: () => number,
  ) {}

  /** @throws LimitedError where Slack wants to be left alone for longer than this invocation has */
  async make<Answer>(kind: PacedCall, call: () => Promise<Answer>): Promise<Answer> {
    for (let waits = 0; ; waits += 1) {
      const wait = this.pace.next(kind, this.now()) - this.now();
      if (wait + callMilliseconds > this.remaining()) throw new LimitedError(wait, undefined);
      if (wait > 0) await this.parts.sleep(wait);
      try {
        this.pace.made(kind, this.now());
        return await call();
      } catch (error) {
        if (!(error instanceof LimitedError) || waits >= mostWaits) throw error;
        this.pace.limited(kind, this.now(), error.milliseconds);
        await this.keep({ ...this.held.state, slowUntil: this.pace.slowUntil });
      }
    }
  }

  /** @throws LimitedError where another call would outlast this invocation */
  checkTime(): void {
    if (this.remaining() < callMilliseconds) {
      throw new LimitedError(0, 'This invocation has no time left.');
    }
  }

  /**
   * Keeps what is known of the channel.
   * @throws PostError where another invocation has taken the channel meanwhile
   */
  async keep(state: HeldChannel['state']): Promise<void> {
    if (!(await this.held.save(state))) throw new PostError('Another invocation has taken the channel.');
  }

  private now(): number {
    return this.parts.now().getTime();
  }
}
