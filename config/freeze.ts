import type { CompiledPolicy, Freeze } from './compiled';
import { type AccountPlace, locate } from './place';

/**
 * The freeze that holds for an account now; the one that ends last where there are several.
 * @param policy as it was compiled
 * @param place where the account lies now, as `resolve` takes it
 * @returns undefined when none holds
 * @throws UnresolvedPolicyError when it cannot be told which account or organizational unit the policy means
 */
export function freezeFor(policy: CompiledPolicy, place: AccountPlace, now: Date): Freeze | undefined {
  return freezesOn(policy, place)
    .filter(({ from, to }) => Date.parse(from) <= now.getTime() && now.getTime() < Date.parse(to))
    .sort((a, b) => Date.parse(b.to) - Date.parse(a.to))[0];
}

/**
 * When the next freeze of an account begins, whether or not one holds now. Where none holds now, none does until then.
 * @param policy as it was compiled
 * @param place where the account lies now, as `resolve` takes it
 * @returns undefined when none is ahead
 * @throws UnresolvedPolicyError as `freezeFor`
 */
export function nextFreezeAt(policy: CompiledPolicy, place: AccountPlace, now: Date): Date | undefined {
  const ahead = freezesOn(policy, place)
    .map(({ from }) => Date.parse(from))
    .filter((from) => from > now.getTime());
  return ahead.length === 0 ? undefined : new Date(Math.min(...ahead));
}

/** The freezes of the account, of what it lies under, and of the whole organization, whenever they hold. */
function freezesOn(policy: CompiledPolicy, place: AccountPlace): Freeze[] {
  const { account, units } = locate(policy, place);
  const unitKeys = units.flatMap(({ keys }) => keys);
  return policy.freezes.filter(
    ({ accounts, organizationalUnits }) =>
      (accounts.length === 0 && organizationalUnits.length === 0) ||
      accounts.some((key) => account.includes(key)) ||
      organizationalUnits.some((key) => unitKeys.includes(key)),
  );
}
