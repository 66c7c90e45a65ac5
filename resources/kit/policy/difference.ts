import { meaningOf } from './meaning';
import { nameOfStatement, type ResourcePolicy } from './resource-policy';

/** How a policy differs from what a fix met and from what it left, as far as the fix wrote it. Statements are known by what they mean. */
export interface PolicyDifference {
  /** How often each statement has to come back. */
  missing: ReadonlyMap<string, number>;
  /** How often each statement has to go, which is the edited form of another one. */
  surplus: ReadonlyMap<string, number>;
  /** What is neither as the fix left it nor as it was before, one sentence each. */
  differences: readonly string[];
}

/**
 * Compares the statements that a fix removed, edited or made. What it did not touch is not looked at.
 * @param left undefined where the fix deleted the policy
 */
export function policyDifference(
  original: ResourcePolicy,
  left: ResourcePolicy | undefined,
  now: ResourcePolicy,
): PolicyDifference {
  const missing = new Map<string, number>();
  const surplus = new Map<string, number>();
  const differences: string[] = [];
  const gone: string[] = [];
  const counts = { before: countsOf(original), after: countsOf(left), now: countsOf(now) };
  for (const [meaning, name] of namesOf(original, left)) {
    const was = counts.before.get(meaning) ?? 0;
    const wasLeft = counts.after.get(meaning) ?? 0;
    const is = counts.now.get(meaning) ?? 0;
    if (was === wasLeft || (was > wasLeft && is >= was)) continue;
    const isGone = `The policy's ${name} was changed or removed since the fix.`;
    if (is === wasLeft || (wasLeft === 0 && is < was)) {
      if (was > wasLeft) missing.set(meaning, was - is);
      else surplus.set(meaning, is - was);
    } else if (is === was) gone.push(isGone);
    else if (is < wasLeft) differences.push(isGone);
    else {
      const why = "so that none is known as the fix's";
      differences.push(`The policy has ${name} more often since the fix, ${why}.`);
    }
  }
  // An undo writes a policy at once: an edited form that is gone before all is back was taken by somebody else.
  if (missing.size > 0) differences.push(...gone);
  return { missing, surplus, differences };
}

function countsOf(policy: ResourcePolicy | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const meaning of (policy?.statements ?? []).map(meaningOf)) {
    counts.set(meaning, (counts.get(meaning) ?? 0) + 1);
  }
  return counts;
}

/** What people call each statement; an edited one has its place in what the fix left. */
function namesOf(...policies: readonly (ResourcePolicy | undefined)[]): Map<string, string> {
  const names = policies.flatMap((policy) =>
    (policy?.statements ?? []).map((one, index) => [meaningOf(one), nameOfStatement(index, one)] as const),
  );
  return new Map(names);
}
