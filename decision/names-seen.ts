import type { NamedKey } from '../config/named-keys';

/** A name of the policy that what it means does not bear any more, or does not bear alone. */
export interface LostName extends NamedKey {
  kind: 'account' | 'unit';
  /** What the policy means by it, by its id. */
  id: string;
  /** What bears it now, by their ids. */
  bearers: readonly string[];
}

/** What the names of a policy come to in the organization. */
export interface NamesSeen {
  /** Those that nothing bears, and nothing ever bore. */
  unresolved: readonly NamedKey[];
  lost: readonly LostName[];
}

/** Whether what the policy means by a name does not bear it any more. */
export function isRenamed({ id, bearers }: Pick<LostName, 'id' | 'bearers'>): boolean {
  return !bearers.includes(id);
}

/** Why nothing is fixed while names mean nothing. */
export function missingNamesReason(missing: readonly NamedKey[]): string {
  const named = missing.map(({ key, source }) => `${key} (${source})`).join(', ');
  return `The policy names what is not in the organization: ${named}. Nothing is fixed until the policy is corrected and deployed.`;
}
