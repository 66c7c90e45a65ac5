import type { FindingIdentity } from '../../../core/finding';
import type { FindingAction, SlackAction } from '../../../core/slack-action';
import type { ModalView } from '../forms';

/** Which finding, and which occurrence. */
export interface FindingReference {
  finding: FindingIdentity;
  occurrence: number;
}

/** That somebody works on what a person decided. */
export interface Working {
  what: string;
  by: string;
  /** ISO 8601. */
  at: string;
  /** From when on nobody works on it any more, however it ended; ISO 8601. */
  until: string;
}

/** What a person decided on a finding. */
export interface ShownDecision {
  what: string;
  by: string;
  at: string;
}

/** A card, as far as people's decisions are about it. */
export interface ActedCard {
  cardId: string;
  channel: string;
  /** The digest that stands for it: then it has no message of its own. */
  digest?: string;
  findings: readonly (FindingReference & {
    report: { plan?: { losses: readonly string[] }; decision?: ShownDecision };
    decisions: readonly ShownDecision[];
    working?: Working;
  })[];
}

/** The cards of Slack's messages, as far as the actions function changes and reads them. */
export interface ActionCards<Card extends ActedCard = ActedCard, Listed = unknown> {
  read(cardId: string): Promise<Card | undefined>;
  /** A page of what a card stands for. */
  listed(cardId: string, page: number): Promise<Listed | undefined>;
  /** Of two who work on a finding at once the first one wins. `taken` says who that is. */
  working(findings: readonly FindingReference[], work: Working): Promise<{ cards: Card[]; taken?: Working }>;
  /** Tells that Slack was had show a card as it is given, which may be another one by now. */
  shownBeside(card: Card): Promise<void>;
  /** Takes the mark away, where it is still this one. */
  settled(findings: readonly FindingReference[], work: Working): Promise<Card[]>;
  /** Takes a button of a notice away: the one for what `noticeSubject` names. */
  done(
    cardId: string,
    done: { about: string; what: string; by: string; at: string },
  ): Promise<Card | undefined>;
}

/** What cards look like. All of it is pure. */
export interface CardFace<Card extends ActedCard = ActedCard, Listed = unknown> {
  message(card: Card): { text: string; blocks: readonly object[] };
  list(listed: Listed): Pick<ModalView, 'type' | 'title' | 'close' | 'blocks'>;
  /** A button; undefined where the finding's name is longer than one carries. @param card its id */
  button(action: SlackAction, card: string): object | undefined;
  /** The findings of a card that can be approved, each with its plan's digest. */
  approvable(card: Card): readonly (FindingReference & { plan: string })[];
  /** Whether a card still lets people decide that, about the change that was shown. */
  offers(card: Card, action: FindingAction): boolean;
  /** What `approve-all` names. */
  listDigest(card: Card): string;
}
