import { accountIdPattern } from '../contract/finding';
import type { Flag } from '../contract/report';
import type { CompiledPolicy } from './compiled';
import { isParentId, rootIdPattern } from './formats';

/** An account's place in the organization. */
export interface AccountPlace {
  /** Twelve digits. */
  accountId: string;
  /** Ids of what the account lies under, the nearest first, the root last. */
  path: readonly string[];
}

/** What Staunch may do in an account, and why. */
export interface ResolvedFlag {
  flag: Flag;
  /** Which level of the policy decided, for people: `ou-abcd-11112222 (organization.yaml:31)`. */
  decidedBy: string;
}

/** Thrown when an account's flag cannot be told. Nothing may be changed then. */
export class UnresolvedFlagError extends Error {
  override readonly name = 'UnresolvedFlagError';
}

/**
 * The flag of an account: the account's own, else the nearest organizational unit's, else the root's, else the default.
 * @throws UnresolvedFlagError when the place is not a whole path up to the root, so that a nearer flag could be missed
 */
export function resolveFlag(policy: CompiledPolicy, account: AccountPlace): ResolvedFlag {
  const { accountId, path } = account;
  const root = path.at(-1);
  if (
    !accountIdPattern.test(accountId) ||
    !path.every(isParentId) ||
    root === undefined ||
    !rootIdPattern.test(root)
  ) {
    const place = path.join(' < ') || 'nothing';
    throw new UnresolvedFlagError(
      `The place of account ${accountId} in the organization is not known up to the root: it lies under ${place}.`,
    );
  }
  // Own keys only: an id never names something that every object has.
  if (Object.hasOwn(policy.accounts, accountId)) {
    return decided(`account ${accountId}`, policy.accounts[accountId]);
  }
  const nearest = path.find((id) => Object.hasOwn(policy.organizationalUnits, id));
  if (nearest !== undefined) return decided(nearest, policy.organizationalUnits[nearest]);
  return decided('the default', policy.default);
}

function decided(what: string, entry: CompiledPolicy['default'] | undefined): ResolvedFlag {
  if (!entry) throw new UnresolvedFlagError(`The policy has no flag for ${what}.`);
  return { flag: entry.flag, decidedBy: `${what} (${entry.source})` };
}

/** Whether the policy asks for anything beyond reporting, anywhere: some flag is `approval` or `on`. */
export function anyFlagOn(policy: CompiledPolicy): boolean {
  const entries = [
    policy.default,
    ...Object.values(policy.organizationalUnits),
    ...Object.values(policy.accounts),
  ];
  return entries.some(({ flag }) => flag !== 'off');
}
