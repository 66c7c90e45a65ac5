import { Option } from 'commander';
import type { NamedScope } from '../../operator/pause/scope';

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

/** The scope that these options name. */
export function namedScope({ account, ou }: ScopeOptions): NamedScope {
  return { ...(account !== undefined && { account }), ...(ou !== undefined && { organizationalUnit: ou }) };
}
