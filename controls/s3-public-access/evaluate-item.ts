import type { Evaluation } from '../../core/evaluation';
import { openPartsOf } from '../../resources/bucket/plain-item';
import { publicStatementsIn } from '../../resources/kit/policy/public-statements';
import { policyRules } from './danger';
import { verdictOn } from './evaluate';

/** What `evaluate` says of the bucket in a configuration item, where a short look at the item is enough; else undefined. */
export function evaluateItem(item: unknown): Evaluation | undefined {
  const parts = openPartsOf(item);
  if (parts === undefined) return undefined;
  const { publicGrants, policyText, policyCounts } = parts;
  const statements = policyText === undefined ? [] : publicStatementsIn(policyText, policyRules);
  if (statements === undefined) return undefined;
  return verdictOn({ grants: publicGrants, statements: policyCounts ? statements : [] });
}
