import { findingId } from '../../core/finding';
import { listDigest } from '../../core/frozen-list';
import type { Card, CardFinding } from './card';
import { isAsked } from './with-report';

/** The findings of a card that a person can approve, as they are shown now: with the plan that an approval names. */
export function approvableOn({ findings }: Card): (CardFinding & { plan: string })[] {
  return findings.flatMap((shown) =>
    isAsked(shown) && shown.report.planDigest !== undefined
      ? [{ ...shown, plan: shown.report.planDigest }]
      : [],
  );
}

/**
 * What `approve-all` names: the findings that wait on a card, and the plan of each. Whoever approves all that was shown approves nothing
 * that is not the same any more.
 */
export function listDigestOf(card: Card): string {
  return listDigest(
    approvableOn(card).map(({ finding, occurrence, plan }) => `${findingId(finding, occurrence)} ${plan}`),
  );
}
