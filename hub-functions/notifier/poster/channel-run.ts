import type { Card } from '../../../ledger/cards/card';
import type { OutboxEntry } from '../../../ledger/cards/outbox';
import type { ChannelStorm } from './channel-storm';
import { nextStep } from './next-step';
import type { PacedCalls } from './paced-calls';
import type { PosterParts } from './parts';
import type { StepMaker } from './step-maker';
import { orSetAside } from './unreadable';

/** A digest is kept up to date so often at most, so that it takes few of the calls that Slack allows. */
const digestMilliseconds = 4_000;

/** One run of the poster over a channel that it holds. */
export class ChannelRun {
  private readonly digestsShownAt = new Map<string, number>();

  constructor(
    private readonly parts: PosterParts,
    private readonly storm: ChannelStorm,
    private readonly steps: StepMaker,
    private readonly calls: PacedCalls,
  ) {}

  /**
   * Tells what is due. Where too much is new, a digest stands for it.
   * @throws PostError where Slack does not take it now; what is not told stays in the outbox
   */
  async tell(due: readonly OutboxEntry[]): Promise<void> {
    // What is due is another thing after that.
    if (await this.storm.takeIn(due.filter(({ isNew }) => isNew))) return;
    for (const entry of due) await orSetAside(entry, this.parts, () => this.tend(entry));
  }

  /** Does all that is to be done for one card. */
  private async tend(entry: OutboxEntry): Promise<void> {
    const { outbox, now } = this.parts;
    const card = await this.cardOf(entry);
    if (!card) return outbox.done(entry);
    const wait = this.waitOf(card);
    if (wait > 0) return outbox.comeAgain(entry, new Date(now().getTime() + wait));
    const after = await this.tellOne(card.storm ? await this.storm.recounted(card) : card);
    if (after === undefined) return outbox.done(entry);
    return outbox.comeAgain(entry, after);
  }

  /** The card to look at; undefined where it has no message of its own. */
  private async cardOf(entry: OutboxEntry): Promise<Card | undefined> {
    const { cards, members, outbox, now } = this.parts;
    const card = await cards.read(entry.cardId);
    if (card?.digest === undefined) return card;
    // It came into the digest, and its entry was written once more, or not taken away.
    await members.put(card, now());
    await outbox.put({ ...entry, cardId: card.digest, isNew: false });
    return undefined;
  }

  /** How long a digest is not to be changed yet; milliseconds. */
  private waitOf({ cardId, storm }: Card): number {
    const shownAt = storm && this.digestsShownAt.get(cardId);
    return shownAt === undefined ? 0 : shownAt + digestMilliseconds - this.parts.now().getTime();
  }

  /** Tells one card until nothing is left. @returns when it has to be looked at again; undefined where that is never */
  private async tellOne(first: Card): Promise<Date | undefined> {
    const { titleOf, hasButtons, expireMinutes, now } = this.parts;
    let card = first;
    for (;;) {
      this.calls.checkTime();
      const isStormy = this.storm.isOn;
      const step = nextStep(card, { titleOf, hasButtons, expireMinutes, now: now(), isStormy });
      if (step.do === 'rest') {
        const storm = await this.storm.waitsUntil(card);
        const until = Math.min(step.until?.getTime() ?? Number.POSITIVE_INFINITY, storm);
        return until === Number.POSITIVE_INFINITY ? undefined : new Date(until);
      }
      const after = await this.steps.make(card, step);
      if (card.storm) this.digestsShownAt.set(card.cardId, now().getTime());
      if (!after) return undefined;
      card = after;
    }
  }
}
