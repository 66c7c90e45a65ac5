import { createHash } from 'node:crypto';
import type { Card } from '../../ledger/cards/card';
import type { SlackMessage } from './blocks';
import { changeMessage } from './change-message';
import { type Detail, fitting } from './detail';
import { digestMessage } from './digest-message';
import type { CardFacts } from './facts';
import { findingMessage } from './finding-message';
import { listMessage } from './list-message';
import { noticeMessage } from './notice-message';

/**
 * The first message of a card as it is now. The same card gives the same message, so that whoever wants it to say something changes the
 * card: no late update can take away what is known. Slack takes every message that this gives. Pure.
 */
export function renderCard(card: Card, facts: CardFacts): SlackMessage {
  return fitting((detail) => rendered(card, facts, detail));
}

function rendered(card: Card, facts: CardFacts, detail: Detail): SlackMessage {
  const { findings, notice, change, storm } = card;
  if (storm) return digestMessage(card, storm, facts, detail);
  if (notice) return noticeMessage(card, notice, facts, detail);
  if (change) return changeMessage(change, facts, detail);
  const [only, second] = findings;
  if (only && !second) return findingMessage(card, only, facts, detail);
  return listMessage(card, facts, detail);
}

/** A message in short: whether what Slack has is what it should have. */
export function messageDigest(message: SlackMessage): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('hex').slice(0, 16);
}
