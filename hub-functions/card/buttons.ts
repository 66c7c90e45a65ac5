import type { FindingAction } from '../../core/slack-action';
import { type CardFinding, workingAt } from '../../ledger/cards/card';
import { isAsked } from '../../ledger/cards/with-report';

/**
 * What a person can decide about a finding as its card shows it: nothing while somebody works on it, and nothing of what was decided
 * already, wherever that was. Pure.
 */
export function actionsOn(shown: CardFinding, now: Date): FindingAction[] {
  if (workingAt(shown, now)) return [];
  const { finding, occurrence, report } = shown;
  const about = { finding, occurrence };
  const isDecided = report.decision !== undefined;
  const exempt: FindingAction[] = isDecided ? [] : [{ order: 'exempt', ...about }];
  switch (report.state) {
    case 'waiting': {
      if (!isAsked(shown)) return [];
      const { plan, planDigest } = report;
      // Nobody approves what is not shown.
      if (!plan || planDigest === undefined) return exempt;
      const what = { ...about, plan: planDigest, ...(plan.lossy && { lossy: true as const }) };
      return [{ order: 'approve', ...what }, { order: 'deny', ...what }, ...exempt];
    }
    case 'denied': {
      const { plan, planDigest, decision } = report;
      if (!plan || planDigest === undefined || decision === undefined) return [];
      const lossy = plan.lossy && { lossy: true as const };
      return [{ order: 'approve', ...about, plan: planDigest, ...lossy, overrules: true }];
    }
    case 'reported':
      return exempt;
    case 'held':
      return isDecided ? [] : [{ order: 'retry', ...about }, ...exempt];
    case 'failed':
    case 'given-up':
      return [{ order: 'retry', ...about }, ...exempt];
    case 'fixed':
      return [{ order: 'undo', ...about }];
    default:
      return [];
  }
}
