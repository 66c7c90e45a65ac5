import type { CompiledPolicy, PeopleEntry, Who } from '../config/compiled';
import { rootIdPattern, rootPath } from '../config/formats';
import { type AccountPlace, locate, locateUnits, type NameBindings, type PlaceUnit } from '../config/place';
import type { Right } from '../core/right';

/** What an order is about. */
export type Ordered =
  | { scope: 'organization' }
  /** `path`: the organizational unit itself first, the root last. `bound`: what the policy's names mean, as in `AccountPlace`. */
  | { scope: 'unit'; path: readonly PlaceUnit[]; bound?: NameBindings }
  /** `control`: whose finding it is about; absent where it is about the whole account. */
  | { scope: 'account'; place: AccountPlace; control?: string };

/** What an order is about, by the keys with which the policy can mean it. */
export interface LocatedOrder {
  /** Of the account, and what it lies under; of the unit, and what it lies under; absent for the whole organization. */
  accountKeys?: readonly string[];
  unitKeys?: readonly string[];
  /** The account, for its owners. */
  accountId?: string;
  control?: string;
}

/** The rights that are about findings; the others are about accounts, units or the organization. */
const aboutFindings: readonly Right[] = ['view', 'approve', 'deny', 'exempt', 'undo', 'retry'];

/**
 * Finds what an order is about in the policy.
 * @param right what it takes: only for some it matters of which control a finding is
 * @throws UnresolvedPolicyError when that cannot be told for certain
 */
export function locateOrder(policy: CompiledPolicy, right: Right, ordered: Ordered): LocatedOrder {
  if (ordered.scope === 'organization') return {};
  if (ordered.scope === 'unit') {
    const units = locateUnits(policy, ordered.path, ordered.bound);
    return { unitKeys: units.flatMap(({ keys }) => keys) };
  }
  const { place, control } = ordered;
  const { account, units } = locate(policy, place);
  return {
    accountKeys: account,
    unitKeys: units.flatMap(({ keys }) => keys),
    accountId: place.accountId,
    ...(control !== undefined && aboutFindings.includes(right) && { control }),
  };
}

/** Whether what an order is about lies wholly where an entry counts. */
export function covers({ where }: PeopleEntry, { accountKeys, unitKeys, control }: LocatedOrder): boolean {
  if (where === undefined) return true;
  const { organizationalUnits, accounts, controls } = where;
  if (controls && (control === undefined || !controls.includes(control))) return false;
  if (!organizationalUnits && !accounts) return true;
  // What is not about an account or a unit is about all of them, and all lie under the root.
  const isUnder = (key: string) => unitKeys?.includes(key) ?? (key === rootPath || rootIdPattern.test(key));
  return (
    organizationalUnits?.some(isUnder) === true ||
    accounts?.some((key) => accountKeys?.includes(key) === true) === true
  );
}

/** Whether there is any order that an entry could allow by a right: some rights never are about so little. */
export function isUsable(entry: PeopleEntry, right: Right, by: Who): boolean {
  if (aboutFindings.includes(right)) return true;
  if (entry.where?.controls) return false;
  // A policy is previewed, and limits are lifted, for the whole organization.
  return (right !== 'preview' && right !== 'limits') || (!('owners' in by) && covers(entry, {}));
}
