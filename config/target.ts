import { accountIdPattern } from '../core/finding';

/** What a list of `targets` or `exclude` names: a unit by its id or path, `/` for the root, or an account by its id. */
export type Target = string;

/** Whether it names an account; a unit otherwise. */
export function isAccountTarget(target: Target): boolean {
  return accountIdPattern.test(target);
}
