import type { Answer } from '../member/remediation-result';

/** Whether a fix, or an undo, may have changed the resource; also where a write whose answer was lost turned out to be enough. */
export function mayHaveChanged({
  applied,
  unconfirmed,
  mayHaveWritten,
  step,
  completed = [],
}: Answer): boolean {
  if (applied > 0 || unconfirmed === true || mayHaveWritten === true) return true;
  return [step, ...completed].some((result) => result?.unsure === true);
}
