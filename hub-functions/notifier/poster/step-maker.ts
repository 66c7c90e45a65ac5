import { type Card, withoutTold } from '../../../ledger/cards/card';
import type { HeldChannel } from '../../../ledger/cards/channels';
import { digestFile } from '../../card/digest-file';
import { isUnsettled, type Step } from './next-step';
import type { PacedCalls } from './paced-calls';
import type { PosterParts } from './parts';
import { ForbiddenChangeError, MissingMessageError, RefusedMessageError } from './slack-errors';
import { withinMinute } from './storms';

/** Has Slack do what is to be done for a card, and keeps on the card that it was done. */
export class StepMaker {
  constructor(
    private readonly parts: PosterParts,
    private readonly held: HeldChannel,
    private readonly calls: PacedCalls,
  ) {}

  /** Makes a step, and keeps that it was made. @returns the card after it; undefined where nothing more can be done */
  async make(card: Card, step: Exclude<Step, { do: 'rest' }>): Promise<Card | undefined> {
    try {
      return await this.made(card, step);
    } catch (error) {
      if (error instanceof RefusedMessageError) return this.refused(card, step, error);
      if (error instanceof MissingMessageError) return this.missing(card, step);
      if (error instanceof ForbiddenChangeError) return this.forbidden(card, step, error);
      throw error;
    }
  }

  private async made(card: Card, step: Exclude<Step, { do: 'rest' }>): Promise<Card | undefined> {
    const { cards, slack, members, now } = this.parts;
    const { cardId, channel, ts = '' } = card;
    switch (step.do) {
      case 'post': {
        const posted = await this.calls.make('post', () => slack.post(channel, step.message));
        // First of all: what Slack has confirmed is not posted again, whatever comes between.
        const after = await cards.change(card, (before) => ({
          ...before,
          ts: posted,
          shown: step.shown,
          // The message mentions those who are asked; a digest asks when it is complete.
          ...(before.ask && !before.storm && { ask: { ...before.ask, told: true } }),
        }));
        const { state } = this.held;
        const at = now().getTime();
        await this.calls.keep({ ...state, begun: [...withinMinute(state.begun, at), at] });
        return after;
      }
      case 'update':
        return this.updated(card, step);
      case 'reply':
        await this.calls.make('post', () => slack.post(channel, step.message, ts));
        return cards.change(card, (before) => ({
          ...withoutTold(before, step.replies),
          repliesOmitted: Math.max(0, before.repliesOmitted - card.repliesOmitted),
        }));
      case 'ask':
        await this.calls.make('post', () => slack.post(channel, step.message, ts));
        return cards.change(card, (before) =>
          before.ask ? { ...before, ask: { ...before.ask, told: true, reminded: step.reminded } } : before,
        );
      case 'file': {
        const content = digestFile(await members.of(cardId), now());
        await this.calls.make('post', () =>
          slack.file(channel, ts, { name: 'findings.txt', title: 'All findings of this message', content }),
        );
        return this.filed(card);
      }
    }
  }

  /** Where Slack's answer is lost nobody knows what it shows: then it is changed once more, whatever the card says by then. */
  private async updated(card: Card, { message, shown }: Extract<Step, { shown: string }>) {
    const { cards, slack } = this.parts;
    const { channel, ts = '' } = card;
    const unsure =
      card.shown === undefined ? card : await cards.change(card, ({ shown: _shown, ...before }) => before);
    await this.calls.make('update', () => slack.update(channel, ts, message));
    // Whoever has shown it beside may have done so after this.
    return cards.change(unsure ?? card, (before) =>
      before.beside === card.beside ? { ...before, shown } : before,
    );
  }

  private filed(card: Card): Promise<Card | undefined> {
    return this.parts.cards.change(card, (before) =>
      before.storm ? { ...before, storm: { ...before.storm, filed: true } } : before,
    );
  }

  /** What Slack refuses is told in few words; what it refuses even then is a dead letter. */
  private async refused(
    card: Card,
    step: Exclude<Step, { do: 'rest' }>,
    error: RefusedMessageError,
  ): Promise<Card | undefined> {
    const { cards, deadLetters, log } = this.parts;
    const { cardId, channel } = card;
    log.error('Slack refuses a message as it is', { channel, card: cardId, why: error.message });
    const isWhole = (step.do === 'post' || step.do === 'update') && !step.plain;
    if (isWhole) return cards.change(card, (before) => ({ ...before, refused: step.shown }));
    await deadLetters.put(JSON.stringify({ channel, card: cardId, step: step.do }), error.message);
    if (step.do === 'reply') {
      return cards.change(card, (before) => withoutTold(before, step.replies));
    }
    return undefined;
  }

  /** A message that somebody deleted: posted anew, while it is about something open. */
  private async missing(card: Card, step: Exclude<Step, { do: 'rest' }>): Promise<Card | undefined> {
    const { cards, log } = this.parts;
    log.warn('A message was deleted in Slack', { channel: card.channel, card: card.cardId, step: step.do });
    if (!isUnsettled(card)) return undefined;
    return cards.change(card, ({ ts: _ts, shown: _shown, ...before }) => ({ ...before, replies: [] }));
  }

  /** What the workspace forbids is left: the thread tells what the first message cannot any more. */
  private async forbidden(
    card: Card,
    step: Exclude<Step, { do: 'rest' }>,
    error: ForbiddenChangeError,
  ): Promise<Card | undefined> {
    this.parts.log.warn('Slack does not allow a change', {
      channel: card.channel,
      card: card.cardId,
      step: step.do,
      why: error.message,
    });
    if (step.do === 'file') return this.filed(card);
    if (step.do !== 'update') return undefined;
    return this.parts.cards.change(card, (before) => ({ ...before, shown: step.shown }));
  }
}
