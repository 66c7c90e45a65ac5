import type { Adapter, LiveResource, ResourceAccess } from '../../live-resource';
import { applyToHolder } from './apply';
import type { PolicyCalls } from './calls';
import type { HolderKind } from './kind';
import type { PolicyHolder } from './model';
import { undoInHolder } from './restore';
import { holderUndo } from './undo';

/** One live resource, as far as its type knows the service. */
export interface LiveHolder
  extends PolicyCalls,
    Pick<LiveResource<PolicyHolder>, 'settling' | 'read' | 'close'> {}

/**
 * Reads and changes the policy of a type's resources.
 * @param open the service's calls for one resource
 */
export function holderAdapter(
  kind: HolderKind,
  open: (access: ResourceAccess) => LiveHolder,
): Adapter<PolicyHolder> {
  return {
    resourceType: kind.resourceType,
    planUndo: holderUndo(kind),
    open(access) {
      const live = open(access);
      return {
        settling: live.settling,
        read: () => live.read(),
        apply: (plan, reading, onApplied) => applyToHolder(live, kind, plan, reading.resource, onApplied),
        applyUndo: (changes, onApplied) => undoInHolder(live, kind, changes, onApplied),
        close: () => live.close(),
      };
    },
  };
}
