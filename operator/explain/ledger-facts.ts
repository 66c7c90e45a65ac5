import type { CompiledPolicy } from '../../config/compiled';
import { type FindingIdentity, findingKey } from '../../core/finding';
import type { AskedFacts, KnownFacts } from '../../decision/facts';
import { factsOfRecords, openFindingsOf, type RecordFacts } from '../../decision/record-facts';
import type { CoverageStore } from '../../ledger/coverage/coverage';
import { typeWatchOf } from '../../ledger/coverage/type-watch';
import type { Exemptions } from '../../ledger/findings/exemptions';
import type { Ledger } from '../../ledger/findings/ledger';
import type { FindingRecord } from '../../ledger/findings/record';
import type { TagSightings } from '../../ledger/findings/tag-sightings';
import type { FixLimits } from '../../ledger/limits/fix-limits';
import { type LiftedLimitsStore, limitsNow } from '../../ledger/limits/lifted-limits';
import type { StopSwitch } from '../../ledger/limits/stop-switch';
import { waitsForAccount } from '../../ledger/limits/waits-for';
import type { UnreachableAccounts } from '../../ledger/organization/unreachable-accounts';
import { RecordError } from '../../ledger/table/errors';

/** What is read of the ledger to foretell a decision. None of it writes. */
export interface LedgerParts {
  ledger: Pick<Ledger, 'latest'>;
  exemptions: Pick<Exemptions, 'read'>;
  sightings: Pick<TagSightings, 'read'>;
  stopSwitch: Pick<StopSwitch, 'stops'>;
  fixLimits: Pick<FixLimits, 'peek'>;
  liftedLimits: Pick<LiftedLimitsStore, 'read'>;
  coverage: Pick<CoverageStore, 'read'>;
  unreachableAccounts: Pick<UnreachableAccounts, 'read'>;
}

/** What the ledger says of an account. */
export type AccountFacts = Pick<AskedFacts, 'stops' | 'refusal' | 'limit'> & {
  /** The look, where the role that looks cannot be assumed. */
  look?: AskedFacts['look'];
};

/** What the ledger says of a finding, beside its account. */
export type FindingFacts = RecordFacts &
  Pick<KnownFacts, 'unreadableRecord'> &
  Pick<AskedFacts, 'undone' | 'tagSeen' | 'openFindings' | 'watch'>;

/** Every stop of the switch; a switch that cannot be read is on. */
export async function stopsOf({ stopSwitch }: Pick<LedgerParts, 'stopSwitch'>): Promise<AskedFacts['stops']> {
  try {
    return await stopSwitch.stops();
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return { unreadable: String(error) };
  }
}

/**
 * What the ledger says of an account now.
 * @param stops of the switch, as `stopsOf` reads them
 */
export async function accountFacts(
  { fixLimits, liftedLimits, unreachableAccounts }: LedgerParts,
  accountId: string,
  { limits }: Pick<CompiledPolicy, 'limits'>,
  stops: AskedFacts['stops'],
  now: Date,
): Promise<AccountFacts> {
  const { fixesPerHour, failuresPerHour: failures } = limits;
  const refusalOf = async (role: 'read' | 'remediation') => {
    const known = await unreachableAccounts.read({ accountId, role });
    // When its time has come it is tried again, and nobody knows how that ends.
    return known && known.until > now.toISOString() ? known : undefined;
  };
  const unseen = await refusalOf('read');
  const { lifted } = await liftedLimits.read();
  const perHour = limitsNow({ ...fixesPerHour, failures }, lifted, now);
  return {
    stops,
    refusal: (await refusalOf('remediation')) ?? 'none',
    limit: (await fixLimits.peek(accountId, perHour, now)) ?? 'none',
    ...(unseen && {
      look: {
        outcome: 'failed',
        applied: 0,
        reason: unseen.reason,
        errorCode: unseen.errorCode,
        unreachable: waitsForAccount(accountId, 'read'),
      },
    }),
  };
}

/**
 * What the ledger says of a finding now.
 * @param records every occurrence of every finding that can be understood
 */
export async function findingFacts(
  { ledger, exemptions, sightings, coverage }: LedgerParts,
  identity: FindingIdentity,
  records: readonly FindingRecord[],
  now: Date,
): Promise<FindingFacts> {
  const key = findingKey(identity);
  const known = factsOfRecords(
    records.filter(({ finding }) => finding === key),
    now,
  );
  const unreadableRecord = await whyUnreadable(ledger, identity);
  const tagged = known.look.exemptUntil !== undefined;
  return {
    ...known,
    ...(unreadableRecord !== undefined && { unreadableRecord }),
    openFindings: openFindingsOf(identity, records),
    watch: typeWatchOf(await coverage.read(identity), identity.resourceType),
    undone: (await exemptions.read(identity)) ?? 'none',
    tagSeen: tagged ? ((await sightings.read(identity)) ?? now) : 'none',
  };
}

/** Why the latest occurrence of a finding cannot be understood; undefined where it can. */
async function whyUnreadable(
  ledger: LedgerParts['ledger'],
  identity: FindingIdentity,
): Promise<string | undefined> {
  try {
    await ledger.latest(identity);
    return undefined;
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return error.message;
  }
}
