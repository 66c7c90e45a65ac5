import { createHash } from 'node:crypto';
import type { Gateway } from '../gateway/api';
import { createClients } from './clients';
import type { Deployer } from './stack';

/** Gives out the roles with which CloudFormation works in accounts. */
export interface Executors {
  /** Of stack sets, for an account. */
  ofStackSets(accountId: string): Deployer;
  /** A role of an account that a stack is deployed with; the sandbox takes it for an administrator's. */
  ofRole(accountId: string, roleName: string): Deployer;
}

/**
 * The roles with which service-managed stack sets work in members: they have AdministratorAccess, and are no service-linked roles, so
 * that service control policies apply to them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html
 */
export function createExecutors(gateway: Gateway): Executors {
  const known = new Map<string, Deployer>();
  const ofRole = (accountId: string, roleName: string): Deployer => {
    const key = `${accountId}/${roleName}`;
    const existing = known.get(key);
    if (existing) return existing;
    const credentials = gateway.administratorSession(accountId, roleName, 'AWSCloudFormation');
    const deployer = { credentials, clientOf: createClients(gateway, () => credentials) };
    known.set(key, deployer);
    return deployer;
  };
  return {
    ofRole,
    ofStackSets: (accountId) => {
      const id = createHash('sha256').update(accountId).digest('hex').slice(0, 32);
      return ofRole(accountId, `stacksets-exec-${id}`);
    },
  };
}
