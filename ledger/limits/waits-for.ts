/**
 * What wakes a finding that is held, other than a time. The sweep wakes those that wait once it is over; until then none of
 * them is looked at.
 */

/** The policy names what the organization does not have. */
export const waitsForNames = 'names';

/** A person to thaw an account's backlog, or Staunch to see that it is little. */
export function waitsForThaw(accountId: string): string {
  return `frozen#${accountId}`;
}

/** A stop of the switch, by its scope. */
export function waitsForStop(scope: string): string {
  return `stop#${scope}`;
}

/** A freeze of the policy, by its id. */
export function waitsForFreeze(id: string): string {
  return `freeze#${id}`;
}

/** The scopes in which limits count: an account's id, the organization, or an account's failures. */
export type LimitScope = { kind: 'account' | 'failures'; accountId: string } | { kind: 'organization' };

/** A limit that is reached. */
export function waitsForLimit(scope: LimitScope): string {
  return `limit#${scope.kind === 'organization' ? 'organization' : `${scope.kind}#${scope.accountId}`}`;
}

/** The roles of a member account by which Staunch reaches it: to look, and to change. */
export type MemberRole = 'read' | 'remediation';

/** Why an account cannot be reached. */
export interface Refusal {
  reason: string;
  /** AWS's error code. */
  errorCode: string;
}

/** An account that cannot be reached by one of its roles. */
export function waitsForAccount(accountId: string, role: MemberRole): string {
  return `account#${accountId}#${role}`;
}

/** An account that has too many open findings. */
export function waitsForPlaces(accountId: string): string {
  return `places#${accountId}`;
}

/** An account or an organizational unit, by its id, to go by the name again by which the policy means it. */
export function waitsForName(id: string): string {
  return `${waitsForNames}#${id}`;
}

/** What is waited for, told apart. */
export type WaitsFor =
  /** `id`: of what lost its name; absent for a name that nothing ever had. */
  | { kind: 'names'; id?: string }
  | { kind: 'account'; accountId: string; role: MemberRole }
  | { kind: 'places' | 'frozen'; accountId: string }
  | { kind: 'stop'; scope: string }
  | { kind: 'freeze'; id: string }
  | { kind: 'limit'; scope: LimitScope };

/** @returns undefined when it is none that this version knows */
export function parseWaitsFor(text: string): WaitsFor | undefined {
  const [kind, first = '', second = ''] = text.split('#');
  if (kind === waitsForNames) return { kind, ...(first && { id: first }) };
  if (kind === 'places' || kind === 'frozen') return { kind, accountId: first };
  if (kind === 'account') {
    return second === 'read' || second === 'remediation'
      ? { kind, accountId: first, role: second }
      : undefined;
  }
  if (kind === 'stop') return { kind, scope: first };
  if (kind === 'freeze') return { kind, id: first };
  if (kind !== 'limit') return undefined;
  if (first === 'organization') return { kind, scope: { kind: first } };
  if (first !== 'account' && first !== 'failures') return undefined;
  return { kind, scope: { kind: first, accountId: second } };
}
