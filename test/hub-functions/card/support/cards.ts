import type { Notice } from '../../../../core/notice';
import type { RemediationReport } from '../../../../core/report';
import type { CardFacts } from '../../../../hub-functions/card/facts';
import { type Card, type CardDiffLine, emptyCard } from '../../../../ledger/cards/card';
import { withReport } from '../../../../ledger/cards/with-report';
import { testReport } from '../../notifier/events';

const now = new Date('2026-11-23T10:00:00.000Z');

/** What messages of the tests are made with. */
export const cardFacts: CardFacts = { titleOf: () => 'Open ports', hasButtons: true, now };

/** A card of reports, one after the other, each with what else is told of it. */
export function cardOf(
  reports: readonly Partial<RemediationReport>[],
  { diff = [], users = [] }: { diff?: CardDiffLine[]; users?: string[] } = {},
): Card {
  return reports.reduce<Card>(
    (card, report) =>
      withReport(
        card,
        { report: { ...testReport, ...report }, diff, diffOmitted: 0, approvers: { users, groups: [] } },
        false,
      ).card,
    emptyCard('C0123456789', 'test', now),
  );
}

/** A card of a notice. */
export function noticeCard(notice: Notice): Card {
  return { ...emptyCard('C0123456789', notice.noticeId, now), notice };
}

/** Every text of a message, whatever kind of block it is in. */
export function textsOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) =>
        key === 'text' && typeof inner === 'string' ? [inner] : textsOf(inner),
      )
    : [];
}
