import { compliant } from '../core/evaluation';
import type { ConfigurationItems } from '../resources/kit/resource-type';
import { sharePlan } from '../resources/kit/share-list/plan';
import type { ShareWords } from '../resources/kit/share-list/share-words';
import { type SharedResource, sharedWithNobody } from '../resources/kit/share-list/shared-resource';
import { looksAtNamed, type TrustedSharees, undecidedShare } from '../resources/kit/share-list/trusted';
import { shareEvaluation } from '../resources/kit/share-list/verdict';
import type { ControlFacts, CustomControl } from './control';
import { newlyUntrusted } from './share-parameters';

/**
 * A control over resources that can be shared with everybody: it takes everybody from the share list, and nobody whom the policy
 * trusts, or does not look at.
 * @param isForEverybody whether the resource of a configuration item is shared with everybody, where a short look at the item is enough;
 * left out where AWS Config records no such items
 */
export function shareControl<Resource extends SharedResource, Parameters extends TrustedSharees>(
  facts: ControlFacts<Parameters>,
  items: ConfigurationItems<Resource>,
  words: ShareWords,
  isForEverybody?: (item: unknown) => boolean | undefined,
): CustomControl<Resource, Parameters> {
  return {
    ...facts,
    ...items,
    ...(isForEverybody && {
      evaluateItem: (item, parameters) => {
        if (looksAtNamed(parameters)) return undefined;
        const everybody = isForEverybody(item);
        if (!everybody) return everybody === undefined ? undefined : compliant();
        return shareEvaluation({ id: '', share: { ...sharedWithNobody, everybody } }, parameters, words);
      },
    }),
    evaluate: (resource, parameters) => shareEvaluation(resource, parameters, words),
    undecided: (resource, parameters) => undecidedShare(resource, parameters, words.noun),
    plan: (resource, _violations, parameters) => sharePlan(resource, parameters, words),
    newlyDangerous: newlyUntrusted,
  };
}
