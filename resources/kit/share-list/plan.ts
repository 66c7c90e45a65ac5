import type { Plan } from '../../../core/plan';
import type { ShareRemoval } from './changes';
import type { ShareWords } from './share-words';
import { nameOfSharee, type SharedResource, type Sharee } from './shared-resource';
import { type TrustedSharees, untrustedSharees } from './trusted';

/**
 * What takes everybody from a share list, and those whom the policy does not trust, and nobody else. Taking one that is named is lossy:
 * somebody chose them. So is taking everybody where a setting would refuse to give that back.
 */
export function sharePlan(
  resource: SharedResource,
  trusted: TrustedSharees,
  words: ShareWords,
): Plan<ShareRemoval> {
  const sharees = untrustedSharees(resource, trusted);
  const losses = sharees.flatMap((sharee) => lossOf(sharee, resource, words));
  return {
    changes: sharees.map((sharee) => removalOf(sharee, words)),
    lossy: losses.length > 0,
    losses,
  };
}

function removalOf(sharee: Sharee, { noun }: ShareWords): ShareRemoval {
  return {
    action: 'removeShare',
    text: `Stop sharing the ${noun} with ${nameOfSharee(sharee)}.`,
    ...sharee,
  };
}

function lossOf(
  sharee: Sharee,
  { blocked }: SharedResource,
  { noun, service, block = 'a setting of the account' }: ShareWords,
): string[] {
  if (!('group' in sharee)) {
    const name = nameOfSharee(sharee);
    return [`${name.charAt(0).toUpperCase()}${name.slice(1)} loses the ${noun}.`];
  }
  return blocked === 'new'
    ? [`Sharing the ${noun} with everybody cannot be taken back: ${service} refuses it while ${block} is on.`]
    : [];
}
