import { accountIdPattern, type FindingIdentity, findingId, regionPattern } from '../../core/finding';
import type { FindingRecord } from '../../ledger/findings/record';
import type { Hub } from '../hub/hub';
import { resolveFinding } from './finding-name';

/**
 * The finding that a person named, as its source tells it. A whole name is looked up; for any other all of them are
 * read through.
 * @throws OperatorError when there is none, or several; and when the hub cannot be asked
 */
export async function findFinding(hub: Hub, name: string): Promise<FindingRecord> {
  return (await lookUp(hub, name)) ?? resolveFinding(name, await hub.findings.every());
}

/**
 * The findings that a person named, each once, in that order. All findings are read through once at most.
 * @throws OperatorError when a name means none, or several, before anything is done; and when the hub cannot be asked
 */
export async function findFindings(hub: Hub, names: readonly string[]): Promise<FindingRecord[]> {
  const whole = await Promise.all(names.map((name) => lookUp(hub, name)));
  const all = whole.includes(undefined) ? await hub.findings.every() : [];
  const found = names.map((name, index) => whole[index] ?? resolveFinding(name, all));
  const byId = found.map((record) => [findingId(record.identity, record.occurrence), record] as const);
  return [...new Map(byId).values()];
}

async function lookUp({ findings }: Hub, name: string): Promise<FindingRecord | undefined> {
  const [accountId = '', region = '', control = '', resourceId = '', occurrence, ...rest] = name.split('#');
  if (!accountIdPattern.test(accountId) || !regionPattern.test(region) || !control || !resourceId)
    return undefined;
  if (rest.length > 0 || (occurrence !== undefined && !/^[1-9]\d{0,5}$/.test(occurrence))) return undefined;
  // The type is no part of a finding's key.
  const identity: FindingIdentity = { accountId, region, control, resourceType: '', resourceId };
  return findings.read(identity, occurrence === undefined ? undefined : Number(occurrence));
}
