import { structureCommand } from '../../config/structure-file';
import type { StackSetKind } from '../../core/names';

/** Where one stack set, and the one beside it without auto-deployment, deploy to. */
export interface SetTargets {
  /** Ids of units, with everything nested in them; auto-deployment takes accounts that join in. */
  units: readonly string[];
  /** Accounts in them that are left out. Auto-deployment does not look at it. */
  except: readonly string[];
  /** Single accounts, each with the unit that it lies in directly; without auto-deployment. */
  accounts: readonly { id: string; unitId: string }[];
}

/** What is deployed first, and what after it. */
export type Part = 'pilot' | 'rest';

/** Where everything is deployed to. */
export type AllTargets = Readonly<Record<Part, Readonly<Record<StackSetKind, SetTargets>>>>;

/** Nothing. */
export const nowhere: SetTargets = { units: [], except: [], accounts: [] };

/** Thrown when only the structure of the organization says where something has to be deployed, and it is not known. */
export class StructureNeededError extends Error {
  override readonly name = 'StructureNeededError';

  /** @param key of the policy that cannot be told without it */
  constructor(key: string, why: string) {
    super(
      `${key}: ${why}, which only the structure of the organization tells. Read it, with credentials of the hub's account: ${structureCommand}`,
    );
  }
}

/** Whether there is anything to deploy to. */
export function isAnywhere({ units, accounts }: SetTargets): boolean {
  return units.length + accounts.length > 0;
}
