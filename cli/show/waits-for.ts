import type { FindingRecord } from '../../ledger/findings/record';

/** What a fix, or even the look, waits for, by `heldBy`. Not by its type: a hub may hold findings for what this version does not know. */
const waits: Readonly<Record<string, string>> = {
  frozen: 'a person to thaw it, or Staunch to see that there is little such backlog',
  stop: 'the end of a pause',
  limit: 'a limit of the policy',
  conflict: 'the end of a growing pause, since it is opened again and again',
  freeze: 'the end of a freeze of the policy',
  names: 'the policy to name only what the organization has',
  account: 'its account to be reachable; Staunch tries again by itself',
  places: 'other findings of its account to be closed (limits.openFindings); it was not looked at yet',
};

/** Where only the time wakes a finding that is held for one of these, it could not be told whether that holds it. */
const untold: Readonly<Record<string, string>> = {
  stop: 'the next look at the stop switch',
  limit: 'the next look at the limits',
  names: 'the next look at the organization',
};

/** What a finding that is held waits for; undefined where it is not held. */
export function waitsFor(record: FindingRecord): string | undefined {
  if (record.state !== 'held') return undefined;
  const { heldBy, waitsFor: wokenBy } = record;
  if (wokenBy === undefined && Object.hasOwn(untold, heldBy)) return untold[heldBy];
  return Object.hasOwn(waits, heldBy) ? waits[heldBy] : heldBy;
}
