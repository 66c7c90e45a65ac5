import type { RuleInvocation } from '../../core/rule-invocation';

/** Whether AWS Config invokes a rule because something changed, and not to evaluate the rule as a whole. Pure. */
export function isChange(notification: RuleInvocation['notification']): boolean {
  return notification.kind !== 'item' || notification.isChange;
}
