import {
  accountIdPattern,
  type FindingIdentity,
  findingId,
  findingKey,
  regionPattern,
} from '../../core/finding';
import type { FindingRecord } from '../../ledger/record';
import { occurrenceRecordKey } from '../../ledger/record-key';
import type { Hub } from '../hub/hub';
import { resolveFinding } from './finding-name';

/**
 * The finding that a person named, read from the ledger. A whole name is looked up; for any other the ledger is read
 * through.
 * @throws OperatorError when there is none, or several; and when the hub cannot be asked
 */
export async function findFinding(hub: Hub, name: string): Promise<FindingRecord> {
  const found = await hub.ask('ledger', () => lookUp(hub, name));
  return found ?? resolveFinding(name, await everyFinding(hub));
}

/**
 * The findings that a person named, each once, in that order. The ledger is read through once at most.
 * @throws OperatorError when a name means none, or several, before anything is done; and when the hub cannot be asked
 */
export async function findFindings(hub: Hub, names: readonly string[]): Promise<FindingRecord[]> {
  const whole = await hub.ask('ledger', () => Promise.all(names.map((name) => lookUp(hub, name))));
  const all = whole.includes(undefined) ? await everyFinding(hub) : [];
  const found = names.map((name, index) => whole[index] ?? resolveFinding(name, all));
  const byId = found.map((record) => [findingId(record.identity, record.occurrence), record] as const);
  return [...new Map(byId).values()];
}

/**
 * Every occurrence of every finding, in no order. The host is told of a record that cannot be understood.
 * @throws OperatorError when the hub cannot be asked
 */
export function everyFinding(hub: Hub): Promise<FindingRecord[]> {
  return hub.ask('ledger', async () => {
    const records: FindingRecord[] = [];
    for await (const record of hub.ledger.list((error) => hub.host.leftOut(error))) records.push(record);
    return records;
  });
}

async function lookUp({ ledger }: Hub, name: string): Promise<FindingRecord | undefined> {
  const [accountId = '', region = '', control = '', resourceId = '', occurrence, ...rest] = name.split('#');
  if (!accountIdPattern.test(accountId) || !regionPattern.test(region) || !control || !resourceId)
    return undefined;
  if (rest.length > 0) return undefined;
  // The type is no part of a finding's key.
  const identity: FindingIdentity = { accountId, region, control, resourceType: '', resourceId };
  if (occurrence === undefined) return ledger.latest(identity);
  if (!/^[1-9]\d{0,5}$/.test(occurrence)) return undefined;
  return ledger.read({
    finding: findingKey(identity),
    record: occurrenceRecordKey(Number(occurrence)),
  });
}
