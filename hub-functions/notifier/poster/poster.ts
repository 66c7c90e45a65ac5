import type { HeldChannel } from '../../../ledger/cards/channels';
import { ChannelRun } from './channel-run';
import { ChannelStorm } from './channel-storm';
import { Pace } from './pace';
import { PacedCalls } from './paced-calls';
import type { PosterParts } from './parts';
import { LimitedError, PostError } from './slack-errors';
import { callMilliseconds } from './slack-posts';
import { StepMaker } from './step-maker';

/**
 * What a run came to: everything that was due is told; or the channel has to be come back to, after so many seconds, or after a pause that
 * grows with each time.
 */
export type RunResult = { isDone: true } | { isDone: false; seconds?: number; why: string };

/** Others may have the channel so long after a run has to have ended. */
const graceMilliseconds = 5_000;
/** Where somebody else posts to the channel. */
const busySeconds = 5;
/** A run goes on for what becomes due so soon. */
const patienceMilliseconds = 6_000;

/** Tells one channel what its outbox holds, one thing after the other. */
export class Poster {
  constructor(private readonly parts: PosterParts) {}

  /**
   * Tells a channel all that is due.
   * @param remaining milliseconds that are left to this invocation
   * @throws AWS's own errors; what is not told stays in the outbox
   */
  async run(channel: string, remaining: () => number): Promise<RunResult> {
    const { channels, newOwner, now } = this.parts;
    const at = now();
    const until = new Date(at.getTime() + remaining() + graceMilliseconds);
    const held = await channels.take(channel, newOwner(), at, until);
    if (!held)
      return { isDone: false, seconds: busySeconds, why: 'Another invocation posts to the channel.' };
    try {
      return await this.tellAll(held, remaining);
    } finally {
      await held.giveBack();
    }
  }

  private async tellAll(held: HeldChannel, remaining: () => number): Promise<RunResult> {
    const { outbox, now, sleep, log } = this.parts;
    const { channel } = held;
    const calls = new PacedCalls(this.parts, held, new Pace(held.state.slowUntil), remaining);
    const storm = new ChannelStorm(this.parts, held, calls);
    const run = new ChannelRun(this.parts, storm, new StepMaker(this.parts, held, calls), calls);
    try {
      for (;;) {
        const all = await outbox.all(channel);
        const time = now().getTime();
        const due = all.filter(({ dueAt }) => Date.parse(dueAt) <= time);
        if (due.length > 0) {
          await run.tell(due);
          continue;
        }
        const next = all.map(({ dueAt }) => Date.parse(dueAt)).sort((one, other) => one - other)[0];
        const wait = next === undefined ? Number.POSITIVE_INFINITY : next - time;
        if (wait > patienceMilliseconds) return { isDone: true };
        if (wait + callMilliseconds > remaining()) {
          return { isDone: false, seconds: Math.ceil(wait / 1000), why: 'More is due in a moment.' };
        }
        await sleep(wait);
      }
    } catch (error) {
      if (!(error instanceof PostError)) throw error;
      log.warn('A channel could not be told everything', {
        channel,
        why: error.message,
        error: String(error.cause),
      });
      return {
        isDone: false,
        ...(error instanceof LimitedError && { seconds: Math.ceil(error.milliseconds / 1000) }),
        why: error.message,
      };
    }
  }
}
