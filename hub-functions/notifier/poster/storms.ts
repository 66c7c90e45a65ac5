import { severities } from '../../../core/violation';
import type { Mentioned, StateCounts, Storm } from '../../../ledger/cards/card';
import type { DigestMember } from '../../../ledger/cards/members';
import { mergedMentions } from '../../card/merged-mentions';

const minute = 60_000;
/** A storm is over when nothing came for so long. */
export const quietMilliseconds = 30_000;
const mostRows = 15;
const mostApprovers = 40;

/** The times, of those at which messages began, that lie within the last minute. Milliseconds since the epoch. */
export function withinMinute(begun: readonly number[], now: number): number[] {
  return begun.filter((at) => at > now - minute);
}

/**
 * Whether so many new messages are too many, so that a digest has to stand for them.
 * @param begun when messages began lately
 * @param fresh how many are to begin
 * @param most how many the policy allows in a minute
 */
export function isTooMany(begun: readonly number[], fresh: number, most: number, now: number): boolean {
  return withinMinute(begun, now).length + fresh > most;
}

/** A storm that begins. */
export function newStorm(now: Date): Storm {
  const at = now.toISOString();
  const nobody: Mentioned = { users: [], groups: [] };
  return {
    since: at,
    lastAt: at,
    findings: 0,
    accounts: 0,
    states: {},
    rows: [],
    moreRows: 0,
    approvers: nobody,
  };
}

/** A storm with what its cards say now. Pure. */
export function counted(storm: Storm, members: readonly DigestMember[]): Storm {
  const rows = new Map<string, Storm['rows'][number]>();
  const states: StateCounts = {};
  for (const { accountId, accountName, control, findings } of members) {
    const key = `${accountId} ${control}`;
    const row = rows.get(key) ?? {
      accountId,
      ...(accountName !== undefined && { accountName }),
      control,
      states: {},
    };
    rows.set(key, row);
    for (const { state } of findings) {
      row.states[state] = (row.states[state] ?? 0) + 1;
      states[state] = (states[state] ?? 0) + 1;
    }
  }
  const sizeOf = ({ states: counts }: Storm['rows'][number]) =>
    Object.values(counts).reduce((sum, count) => sum + count, 0);
  const sorted = [...rows.values()].sort(
    (one, other) =>
      sizeOf(other) - sizeOf(one) ||
      (`${one.accountId} ${one.control}` < `${other.accountId} ${other.control}` ? -1 : 1),
  );
  const asked = members.filter(({ findings }) => findings.some((finding) => finding.asked));
  const severity = severities.find((each) => members.some((member) => member.severity === each));
  const { users, groups } = mergedMentions(asked.map(({ approvers }) => approvers));
  return {
    ...storm,
    findings: members.reduce((sum, { findings }) => sum + findings.length, 0),
    accounts: new Set(members.map(({ accountId }) => accountId)).size,
    ...(severity !== undefined && { severity }),
    states,
    rows: sorted.slice(0, mostRows),
    moreRows: Math.max(0, sorted.length - mostRows),
    approvers: { users: users.slice(0, mostApprovers), groups: groups.slice(0, mostApprovers) },
  };
}
