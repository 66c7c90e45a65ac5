import { findingId } from '../../core/finding';
import { listDigest } from '../../core/frozen-list';
import type { Card, CardFinding } from './card';
import { isAsked } from './with-report';

/**
 * The findings of a card that can be approved together, as they are shown now: with the plan that an approval names. One of which no
 * plan is shown is none of them; nor is a fix that takes something harmless along: what goes with it has no room in a list, and it is
 * asked for once more, by itself.
 */
export function approvableOn({ findings }: Card): (CardFinding & { plan: string })[] {
  return findings.flatMap((shown) =>
    isAsked(shown) && shown.report.planDigest !== undefined && shown.report.plan?.lossy === false
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
