import { createHash } from 'node:crypto';
import type { Gateway } from '../gateway/api';
import { createClients } from './clients';
import type { Deployer } from './stack';

/** Gives out, for each account, the role with which stack sets work in it. */
export interface Executors {
  of(accountId: string): Deployer;
}

/**
 * The roles with which service-managed stack sets work in members: they have AdministratorAccess, and are no service-linked roles, so
 * that service control policies apply to them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html
 */
export function createExecutors(gateway: Gateway): Executors {
  const known = new Map<string, Deployer>();
  return {
    of(accountId) {
      const existing = known.get(accountId);
      if (existing) return existing;
      const id = createHash('sha256').update(accountId).digest('hex').slice(0, 32);
      const credentials = gateway.administratorSession(accountId, `stacksets-exec-${id}`, 'stack-set');
      const deployer = { credentials, clientOf: createClients(gateway, () => credentials) };
      known.set(accountId, deployer);
      return deployer;
    },
  };
}
