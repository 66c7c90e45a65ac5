import { present } from '../../core/present';
import type { RemediationResult } from '../../core/remediation';
import { failureOf } from './failure';
import { type Look, type LookTask, look } from './look';

/**
 * Reads a live resource, evaluates it, and plans the smallest fix. Changes nothing.
 * @returns the outcome; AWS's refusals are outcomes, never exceptions
 */
export async function planFix(task: LookTask): Promise<RemediationResult> {
  try {
    return answerTo(await look(task, false));
  } catch (error) {
    return { version: 2, violations: [], applied: 0, ...failureOf(error) };
  }
}

function answerTo(seen: Look): RemediationResult {
  const none = { version: 2 as const, applied: 0 };
  if (seen.kind === 'gone') return { ...none, outcome: 'gone', violations: [] };
  const { before: state, exemptUntil, stack, tags } = seen.reading;
  const read = { ...none, state, ...present({ exemptUntil, stack, tags }) };
  switch (seen.kind) {
    case 'compliant':
      return { ...read, outcome: 'already-compliant', violations: [] };
    case 'refused':
      return { ...read, outcome: 'refused', violations: seen.violations, reason: seen.reason };
    case 'dangerous':
      return { ...read, outcome: 'planned', violations: seen.violations, plan: seen.plan };
  }
}
