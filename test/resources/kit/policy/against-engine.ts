import * as fc from 'fast-check';
import type { JsonObject } from '../../../../core/json';
import { confusedDeputies } from '../../../../resources/kit/policy/confused-deputies';
import type { ServiceRules } from '../../../../resources/kit/policy/document-rules';
import { publicStatements } from '../../../../resources/kit/policy/public-statements';
import { readPolicy } from '../../../../resources/kit/policy/resource-policy';
import { arbitraryPolicies, type PolicyWords } from './arbitrary-policies';
import { letIn } from './engine-oracle';
import { rulesWith } from './service-rules';

/** What a comparison came across. */
export interface Compared {
  /** Policies that the model calls public, and how many of them let a stranger in for certain. */
  open: number;
  reached: number;
  closed: number;
}

/**
 * Compares the document model with the sandbox's authorization engine over random policies of a service: nothing is called closed that
 * lets in a stranger, or a service that acts for one.
 * @throws where the two differ, with the smallest policy that shows it
 */
export function compareWithEngine(service: ServiceRules, words: PolicyWords, numRuns: number, seed: number) {
  const counts: Compared = { open: 0, reached: 0, closed: 0 };
  const rules = rulesWith({ ...service, arn: words.arn });
  void fc.assert(
    fc.property(arbitraryPolicies(words), (document: JsonObject) => {
      const policy = readPolicy(document, 'Policy');
      const isPublic = publicStatements(policy, rules).length > 0;
      const isDeputy = confusedDeputies(policy, rules).length > 0;
      const { strangers, forStrangers } = letIn(document, words);

      if (strangers) expect(isPublic).toBe(true);
      if (forStrangers) expect(isPublic || isDeputy).toBe(true);
      counts[isPublic ? 'open' : 'closed'] += 1;
      if (isPublic && strangers) counts.reached += 1;
    }),
    { seed, numRuns },
  );
  return counts;
}
