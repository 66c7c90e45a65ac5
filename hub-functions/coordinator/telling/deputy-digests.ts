import { createHash } from 'node:crypto';
import { cut } from '../../../core/cut';
import type { DeputyCount } from '../../../core/deputy-count';
import { groupedBy } from '../../../core/grouped';
import type { Notice } from '../../../core/notice';
import { type PlaceCoverage, placeKey } from '../../../ledger/coverage/place-coverage';
import type { Notices } from '../../../ledger/told/notices';
import type { ToldCoverageStore } from '../../../ledger/told/told-coverage';
import { printable } from '../../../resources/kit/printable';

/** So many resources of a control and Region are named in a digest. */
const mostNamed = 3;
const longestName = 80;
/** So many accounts are remembered as told; an item of the table has room for them many times over. */
const mostRemembered = 5_000;

/** What the digests take. */
export interface DeputyDigestsParts {
  told: Pick<ToldCoverageStore, 'read' | 'write'>;
  notices: Pick<Notices, 'give'>;
  now: () => Date;
}

/**
 * Tells of each account's confused deputies, as the patrol counted them: one digest an account, when there are some, and again when they
 * are others. They are no findings: AWS calls no policy public that names a service.
 */
export class DeputyDigests {
  /** What people know, once this process has read it, so that the table is not asked each hour. */
  private known: readonly string[] | undefined;

  constructor(private readonly parts: DeputyDigestsParts) {}

  /** @param items of the places that are watched, and that a whole patrol had the time for */
  async tell(items: readonly PlaceCoverage[]): Promise<void> {
    const { told, notices, now } = this.parts;
    const before = this.known ?? (await told.read())?.missing ?? [];
    const { given, known } = deputyNews(items, before, now());
    for (const notice of given) await notices.give(notice, now());
    if (known.join() !== before.join()) {
      await told.write({ checkedAt: now().toISOString(), missing: known });
    }
    this.known = known;
  }
}

/** Those of one control in an account and Region. */
interface PlacedCount extends DeputyCount {
  region: string;
}

/**
 * What is news of confused deputies. An account that has none any more is forgotten silently. Pure.
 * @param known what people know, in the form that is returned
 */
export function deputyNews(
  items: readonly PlaceCoverage[],
  known: readonly string[],
  now: Date,
): { given: Notice[]; known: string[] } {
  const told = new Set(known);
  const given: Notice[] = [];
  const next: string[] = [];
  const sorted = [...items].sort((one, other) => (placeKey(one) < placeKey(other) ? -1 : 1));
  for (const [accountId, places] of groupedBy(sorted, (place) => place.accountId)) {
    const counts = places.flatMap(countsOf);
    if (counts.length === 0) continue;
    const key = `${accountId}#${createHash('sha256').update(JSON.stringify(counts)).digest('hex').slice(0, 16)}`;
    // Beyond what can be remembered nothing is told, rather than every hour.
    if (next.length === mostRemembered) break;
    next.push(key);
    if (!told.has(key)) given.push(digestOf(accountId, key, counts, now));
  }
  return { given, known: next };
}

function countsOf({ region, types }: PlaceCoverage): PlacedCount[] {
  return Object.keys(types)
    .sort()
    .flatMap((type) => types[type]?.deputies ?? [])
    .map(({ control, count, named }) => ({ region, control, count, named }));
}

/** The same for the same of a day, so that it is told once also where a sweep dies before it has remembered it. */
function digestOf(accountId: string, key: string, counts: readonly PlacedCount[], now: Date): Notice {
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  return {
    version: 1,
    noticeId: `deputies#${key}#${now.toISOString().slice(0, 10)}`,
    title: `Account ${accountId}: ${all} ${all === 1 ? 'policy lets' : 'policies let'} in a service for anybody`,
    text: `Low severity, and no finding: each allows one of AWS's services something without saying for whom it acts (a confused deputy): ${counts.map(inWords).join('; ')}. Add aws:SourceAccount to the statement, or set confusedDeputy to fix or ignore. List them with staunch coverage --account ${accountId} --json.`,
    at: now.toISOString(),
  };
}

function inWords({ region, control, count, named }: PlacedCount): string {
  const names = named.slice(0, mostNamed).map((name) => cut(printable(name), longestName));
  const more = count - names.length;
  return `${count} ${control} in ${region} (${names.join(', ')}${more > 0 ? `, and ${more} more` : ''})`;
}
