import type { Evaluation } from '../../../core/evaluation';
import type { Violation } from '../../../core/violation';
import type { ShareWords } from './share-words';
import { nameOfSharee, type SharedResource, type Sharee } from './shared-resource';
import { type TrustedSharees, untrustedSharees } from './trusted';

/** Whether a resource is shared with everybody, or with somebody whom the policy does not trust. */
export function shareEvaluation(
  resource: SharedResource,
  trusted: TrustedSharees,
  words: ShareWords,
): Evaluation {
  const violations = untrustedSharees(resource, trusted).map((sharee) => shareViolation(sharee, words));
  return { compliance: violations.length === 0 ? 'COMPLIANT' : 'NON_COMPLIANT', violations };
}

function shareViolation(sharee: Sharee, { noun, everybodyMay }: ShareWords): Violation {
  return 'group' in sharee
    ? {
        kind: 'public-share',
        text: `The ${noun} is shared with everybody: any AWS account may ${everybodyMay}.`,
        detail: { ...sharee },
      }
    : {
        kind: 'untrusted-share',
        text: `The ${noun} is shared with ${nameOfSharee(sharee)}, which the policy does not trust.`,
        detail: { ...sharee },
      };
}
