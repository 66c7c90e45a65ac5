import { compliant, type Evaluation } from '../../core/evaluation';
import { publicStatementsIn } from '../../resources/kit/policy/public-statements';
import { policyTextIn } from '../../resources/queue/plain-item';
import { verdictOn } from './evaluate';

/** What `evaluate` says of the queue in a configuration item, where a short look at the item is enough; else undefined. */
export function evaluateItem(item: unknown): Evaluation | undefined {
  const text = policyTextIn(item);
  if (text === '') return compliant();
  const statements = text === undefined ? undefined : publicStatementsIn(text);
  return statements && verdictOn(statements);
}
