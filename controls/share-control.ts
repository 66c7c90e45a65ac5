import type { ConfigurationItems } from '../resources/kit/resource-type';
import { sharePlan } from '../resources/kit/share-list/plan';
import type { ShareWords } from '../resources/kit/share-list/share-words';
import type { SharedResource } from '../resources/kit/share-list/shared-resource';
import { type TrustedSharees, undecidedShare } from '../resources/kit/share-list/trusted';
import { shareEvaluation } from '../resources/kit/share-list/verdict';
import type { ControlFacts, CustomControl } from './control';
import { newlyUntrusted } from './share-parameters';

/**
 * A control over resources that can be shared with everybody: it takes everybody from the share list, and nobody whom the policy
 * trusts, or does not look at.
 */
export function shareControl<Resource extends SharedResource, Parameters extends TrustedSharees>(
  facts: ControlFacts<Parameters>,
  items: ConfigurationItems<Resource>,
  words: ShareWords,
): CustomControl<Resource, Parameters> {
  return {
    ...facts,
    ...items,
    evaluate: (resource, parameters) => shareEvaluation(resource, parameters, words),
    undecided: (resource, parameters) => undecidedShare(resource, parameters, words.noun),
    plan: (resource, _violations, parameters) => sharePlan(resource, parameters, words),
    newlyDangerous: newlyUntrusted,
  };
}
