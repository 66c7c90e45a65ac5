import type { Principal } from '../api';
import type { Principals } from './policy-statement';

/**
 * How a policy's `Principal` names the caller. It matters: naming an account leaves the decision to that account's own
 * policies, naming a role or everybody grants by itself, and naming a session grants whatever its session policy says.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type NamedAs = 'everybody' | 'account' | 'role' | 'session' | 'service';

/** Every way in which `principals` names the caller; empty when it does not. */
export function waysNamed(principals: Principals, caller: Principal): NamedAs[] {
  if (principals === '*') return ['everybody'];
  if (caller.kind === 'service') {
    const named: NamedAs[] = [];
    if (principals.AWS?.includes('*')) named.push('everybody');
    if (principals.Service?.includes(caller.arn)) named.push('service');
    return named;
  }
  const ways = (principals.AWS ?? []).map((name) => wayNamed(name, caller));
  return ways.filter((way) => way !== undefined);
}

/**
 * Whether `NotPrincipal` exempts the caller from a Deny. A session is exempt only when the policy lists the session, its
 * role and its account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function exemptFromDeny(listed: Principals, caller: Principal): boolean {
  const ways = waysNamed(listed, caller);
  if (ways.includes('everybody')) return true;
  const needed: Record<Principal['kind'], NamedAs[]> = {
    account: ['account'],
    role: ['account', 'role', 'session'],
    service: ['service'],
  };
  return needed[caller.kind].every((way) => ways.includes(way));
}

function wayNamed(name: string, caller: Principal): NamedAs | undefined {
  if (name === '*') return 'everybody';
  if (name === caller.accountId || name === `arn:aws:iam::${caller.accountId}:root`) return 'account';
  if (name === caller.roleArn) return 'role';
  return name === caller.arn ? 'session' : undefined;
}
