import { accountIdPattern } from '../core/finding';

/** What a list of `targets` or `exclude` names: a unit by its id or path, `/` for the root, or an account by its id. */
export type Target = string;

/** Whether it names an account; a unit otherwise. */
export function isAccountTarget(target: Target): boolean {
  return accountIdPattern.test(target);
}

/**
 * Whether the management account is watched, which no stack set reaches: the targets name it by itself, and somebody deploys to it with
 * its own credentials.
 */
export function watchesManagement({
  organization,
  targets,
}: {
  organization: { managementAccount: string };
  targets?: readonly Target[] | undefined;
}): boolean {
  return targets?.includes(organization.managementAccount) ?? false;
}
