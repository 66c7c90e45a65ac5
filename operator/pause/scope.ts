import { Option } from 'commander';
import { isParentId } from '../../config/formats';
import { wholeOrganization } from '../../ledger/stop-switch';
import type { Hub } from '../hub/hub';
import { accountIdOf } from '../organization/account-id';
import { askStructure } from '../organization/ask-structure';
import { findUnit } from '../organization/find-place';

/** What a stop is meant for, as the person at the keyboard named it; everything where neither is there. */
export interface ScopeOptions {
  account?: string;
  ou?: string;
}

/** The options that name a scope. */
export function scopeOptions(): Option[] {
  return [
    new Option('--account <account>', 'only in this account, by id or by name').conflicts('ou'),
    new Option('--ou <unit>', 'only in this organizational unit and what is nested in it, by id or by path'),
  ];
}

/**
 * What the stop switch calls a scope. An id is taken as it is, so that stopping takes nothing but the coordinator; names and
 * paths are asked of AWS Organizations.
 * @throws UserError when a name or a path means nothing, or several things
 */
export async function scopeOf(hub: Hub, { account, ou }: ScopeOptions): Promise<string> {
  if (account !== undefined) return accountIdOf(hub, account);
  if (ou === undefined) return wholeOrganization;
  return isParentId(ou) ? ou : findUnit(await askStructure(hub), ou).id;
}

/** A scope for people. */
export function scopeName(scope: string): string {
  return scope === wholeOrganization ? 'everywhere' : `in ${scope}`;
}
