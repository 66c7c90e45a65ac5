import { findingKey } from '../../../core/finding';
import type { Ledger } from '../../../ledger/findings/ledger';
import { type ClosedRecord, type FindingRecord, isOpenRecord } from '../../../ledger/findings/record';
import type { Notices } from '../../../ledger/told/notices';
import { maximumTries } from '../../../ledger/transitions/maximum-tries';
import { lookFailed, revisited } from '../../../ledger/transitions/rest';
import type { Log } from '../log';
import type { Answer } from '../member/remediation-result';
import { backoffMilliseconds } from '../recording/backoff';
import type { Errand } from './errand';

const dayMilliseconds = 24 * 60 * 60_000;

/** Thrown when a look means nothing, because the policy's parameters could not be told: the message has to come back. */
export class UnresolvedRulingError extends Error {
  override readonly name = 'UnresolvedRulingError';
}

/** What is done with findings that are closed. */
export interface ClosedFindingsParts {
  ledger: Pick<Ledger, 'change'>;
  notices: Pick<Notices, 'give'>;
  log: Log;
  now: () => Date;
}

/**
 * Whether a look at what is closed saw it dangerous again. Only that opens the next occurrence: no late message does, and no look
 * that failed.
 * @throws UnresolvedRulingError
 */
export function isDangerousAgain(errand: Errand, { outcome }: Answer): boolean {
  checkRuled(errand, outcome);
  return outcome === 'planned' || outcome === 'refused';
}

/**
 * Whether a look at what was never a finding saw that it is none.
 * @throws UnresolvedRulingError
 */
export function isNoFinding(errand: Errand, { outcome }: Answer): boolean {
  checkRuled(errand, outcome);
  return outcome === 'already-compliant' || outcome === 'gone';
}

function checkRuled({ identity, ruling }: Errand, outcome: Answer['outcome']): void {
  if (outcome !== 'already-compliant' || ruling.flag !== undefined) return;
  throw new UnresolvedRulingError(
    `${findingKey(identity)} complies by the control's defaults, but what the policy says cannot be told: ${ruling.decidedBy}`,
  );
}

/**
 * A closed finding stays closed after a look. One that failed saw nothing: it is repeated after pauses that grow, and people are
 * told once it keeps failing.
 */
export async function leaveClosed(
  closed: ClosedRecord,
  { outcome, reason = '' }: Answer,
  parts: ClosedFindingsParts,
): Promise<FindingRecord> {
  const { ledger, log, now } = parts;
  const { finding } = closed;
  if (outcome === 'already-compliant' || outcome === 'gone') {
    log.info('Nothing new', { finding, outcome });
    return strikeRevisit(closed, ledger);
  }
  log.warn('A closed finding could not be looked at', { finding, reason });
  const later = await ledger.change(closed, (fresh) =>
    isOpenRecord(fresh) ? undefined : lookFailed(fresh, now(), lookPause),
  );
  if (!isOpenRecord(later) && later.tries >= maximumTries) await tellUnseen(closed, reason, parts);
  return later;
}

/** Somebody has looked again at what is closed. */
export function strikeRevisit(
  record: FindingRecord,
  ledger: ClosedFindingsParts['ledger'],
): Promise<FindingRecord> {
  return ledger.change(record, (fresh) =>
    // Its fix may have been undone meanwhile: then it rests until the exemption ends.
    !isOpenRecord(fresh) && (fresh.revisit || fresh.lookAgainAt !== undefined) ? revisited(fresh) : undefined,
  );
}

/** Once a day for an account, however many of its findings there are. */
async function tellUnseen(
  { identity: { accountId } }: ClosedRecord,
  reason: string,
  { notices, now }: ClosedFindingsParts,
): Promise<void> {
  const at = now().toISOString();
  await notices.give(
    {
      version: 1,
      noticeId: `unseen#${accountId}#${at.slice(0, 10)}`,
      title: `Account ${accountId} cannot be looked at`,
      text: `A message says that something is open again in account ${accountId}, and looking at it keeps failing: ${reason} It is looked at once a day.`,
      at,
    },
    now(),
  );
}

/** Once a day after as many tries as an open finding has. */
function lookPause(tries: number): number {
  return tries < maximumTries ? backoffMilliseconds(tries) : dayMilliseconds;
}
