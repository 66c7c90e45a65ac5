import { isParentId } from '../../config/formats';
import { wholeOrganization } from '../../ledger/limits/stop';
import type { Hub } from '../hub/hub';
import { accountIdOf } from '../organization/account-id';
import { askStructure } from '../organization/ask-structure';
import { findUnit } from '../organization/find-place';

/** What a stop is meant for, as a person named it; everything where neither is there. */
export interface NamedScope {
  /** By id or by name. */
  account?: string;
  /** By id or by path. */
  organizationalUnit?: string;
}

/**
 * What the stop switch calls a scope. An id is taken as it is, so that stopping takes nothing but the coordinator; names and
 * paths are asked of AWS Organizations.
 * @throws OperatorError when a name or a path means nothing, or several things
 */
export async function scopeOf(hub: Hub, { account, organizationalUnit }: NamedScope): Promise<string> {
  if (account !== undefined) return accountIdOf(hub, account);
  if (organizationalUnit === undefined) return wholeOrganization;
  return isParentId(organizationalUnit)
    ? organizationalUnit
    : findUnit(await askStructure(hub), organizationalUnit).id;
}

/** A scope for people. */
export function scopeName(scope: string): string {
  return scope === wholeOrganization ? 'everywhere' : `in ${scope}`;
}
