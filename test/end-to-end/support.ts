import { join } from 'node:path';
import { DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { ledgerTableName } from '../../contract/names';
import { ledgerDocuments } from '../../hub-functions/ledger/documents';
import { Ledger } from '../../hub-functions/ledger/ledger';
import type { FindingRecord } from '../../hub-functions/ledger/record';
import type { AccountClients } from '../../sandbox/account-clients';
import type { TransformTemplate } from '../../sandbox/cloudformation/deploy';
import type { SandboxEvent, TimedEvent } from '../../sandbox/events';
import type { Sandbox } from '../../sandbox/sandbox';
import { startScenarioSandbox } from '../../sandbox/scenario/sandbox';
import { waitUntil } from '../../sandbox/wait';
import { assembleOnce } from '../support/assembly';

/** Long enough to bring a sandbox up on a busy machine; milliseconds. */
export const patience = 120_000;

/** Brings the scenario's organization up for a test file. Stop it in `afterAll`. */
export function startTestSandbox(
  options: { timeScale?: number; transformTemplate?: TransformTemplate } = {},
): Promise<Sandbox> {
  return startScenarioSandbox({
    projectDirectory: join(__dirname, '..', '..'),
    timeScale: 60,
    assemble: assembleOnce,
    ...options,
  });
}

/** Every record of the ledger. */
export async function recordsOf(sandbox: Sandbox): Promise<FindingRecord[]> {
  const records: FindingRecord[] = [];
  for await (const record of ledgerOf(sandbox).list()) records.push(record);
  return records;
}

/** The ledger, as an administrator of the hub reads it. */
export function ledgerOf(sandbox: Sandbox): Ledger {
  const { gateway, hub } = sandbox;
  const documents = ledgerDocuments({
    region: hub.region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(hub.accountId),
  });
  return new Ledger(documents, ledgerTableName);
}

/** Waits until nothing runs and nothing waits, for half a minute at most. */
export function calm(sandbox: Sandbox): Promise<void> {
  return waitUntil('nothing was running', sandbox.calm, sandbox.failures, 30_000);
}

/** Waits until the condition holds, for half a minute at most. */
export function until(
  sandbox: Sandbox,
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  return waitUntil(what, condition, sandbox.failures, 30_000);
}

/** The events of one kind so far. */
export function eventsOf<Kind extends SandboxEvent['kind']>(
  sandbox: Sandbox,
  kind: Kind,
): (TimedEvent & { kind: Kind })[] {
  return sandbox.log.events.filter((event): event is TimedEvent & { kind: Kind } => event.kind === kind);
}

/** Ingress rules of a group as `tcp 22 0.0.0.0/0`. */
export async function ingressOf(clients: AccountClients, groupId: string): Promise<string[]> {
  const { SecurityGroups } = await clients.ec2.send(
    new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }),
  );
  return (SecurityGroups?.[0]?.IpPermissions ?? []).flatMap((permission) =>
    (permission.IpRanges ?? []).map(
      (range) => `${permission.IpProtocol} ${permission.FromPort} ${range.CidrIp}`,
    ),
  );
}
