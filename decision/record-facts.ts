import type { FindingIdentity } from '../core/finding';
import { present } from '../core/present';
import { type FindingRecord, isOpenRecord, type OpenRecord } from '../ledger/findings/record';
import { errorCodeOf, nextAttemptOf } from '../ledger/findings/record-parts';
import { triesOfLook } from '../ledger/transitions/take';
import type { AskedFacts, KnownFacts } from './facts';
import { recentWrites, writesOf } from './growing-pause';
import { assumedLook } from './look';
import type { Past } from './past';

/** What the ledger's records of a finding say of the next decision about it. */
export type RecordFacts = Pick<
  KnownFacts,
  'writes' | 'decision' | 'needsPlace' | 'retry' | 'tries' | 'past'
> &
  Pick<AskedFacts, 'look' | 'earlierWrites'>;

/**
 * What is known of a finding before anybody looks at its resource. Pure.
 * @param occurrences of the finding, in any order
 */
export function factsOfRecords(occurrences: readonly FindingRecord[], now: Date): RecordFacts {
  const latest = latestOf(occurrences);
  const look = assumedLook(latest);
  if (!latest) return { needsPlace: true, writes: [], earlierWrites: [], look };
  if (!isOpenRecord(latest)) {
    // What is dangerous again is another occurrence: nobody has decided about it, and its plan may be another one.
    const { seen: _seen, ...unseen } = look;
    return { writes: [], earlierWrites: occurrences.flatMap(writesOf), look: unseen };
  }
  const { decision, reason } = latest;
  const [at, errorCode] = [nextAttemptOf(latest), errorCodeOf(latest)];
  const paused = at !== undefined && at > now.toISOString();
  return {
    writes: recentWrites(latest, now),
    past: pastOf(latest),
    tries: triesOfLook(latest, now),
    earlierWrites: occurrences.filter(({ occurrence }) => occurrence < latest.occurrence).flatMap(writesOf),
    look,
    ...(decision && { decision }),
    ...(latest.state === 'held' && latest.heldBy === 'places' && { needsPlace: true }),
    ...(paused && { retry: { at, ...present({ reason, errorCode }) } }),
  };
}

/** How a danger came to be known, as its record has it. */
export function pastOf(record: OpenRecord): Past {
  const { receivedAt, sentAt, detector, opened, standing, ruled } = record;
  return { receivedAt, ...present({ sentAt, detector, opened, standing, ruled }) };
}

/** How many findings of an account are open and take one of its places. */
export function openFindingsOf(
  { accountId }: Pick<FindingIdentity, 'accountId'>,
  records: readonly FindingRecord[],
): number {
  return records.filter((record) => isOpenRecord(record) && record.openIn === accountId).length;
}

function latestOf(occurrences: readonly FindingRecord[]): FindingRecord | undefined {
  return [...occurrences].sort((one, other) => other.occurrence - one.occurrence)[0];
}
