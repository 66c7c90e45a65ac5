import { logLines } from '../../../core/log-lines';
import type { CoverageStore } from '../../../ledger/coverage/coverage';
import { type CoverageRow, coverageRows, isOverdue } from '../../../ledger/coverage/coverage-gaps';
import { type PlaceCoverage, placeKey } from '../../../ledger/coverage/place-coverage';
import {
  patrolMilliseconds,
  type TargetPlace,
  targetPlaces,
  type WatchSettings,
} from '../../../ledger/coverage/watched-places';
import type { OrganizationTree } from '../../../ledger/organization/organization-tree';
import { RecordError } from '../../../ledger/table/errors';
import type { Notices } from '../../../ledger/told/notices';
import type { ToldCoverageStore } from '../../../ledger/told/told-coverage';
import type { Log } from '../log';
import { lookMilliseconds, type Remaining } from '../time-limits';
import { coverageNews } from './coverage-news';
import type { DeputyDigests } from './deputy-digests';

/** How often coverage is looked through: it reads an item for each account and Region. */
const againMilliseconds = 60 * 60_000;
/** So many places are noted at once as watched from now on. */
const notedAtOnce = 20;

/** What the notices take. */
export interface CoverageNoticesParts {
  policy: WatchSettings;
  /** AWS's names of the resource types that a patrol goes through. */
  resourceTypes: readonly string[];
  /** @throws UnresolvedPlaceError when it cannot be told */
  tree: () => Promise<OrganizationTree>;
  coverage: Pick<CoverageStore, 'list' | 'read' | 'watch'>;
  told: Pick<ToldCoverageStore, 'read' | 'write'>;
  /** What the patrol reports beside findings is told from the same items. */
  deputies: Pick<DeputyDigests, 'tell'>;
  notices: Pick<Notices, 'give'>;
  log: Log;
  now: () => Date;
}

/**
 * Tells the channel of the policy's targets that are not covered, once, and once when they are covered again. A place counts as
 * watched from the first time that it is seen here, so that nothing is told before a first patrol could have come.
 */
export class CoverageNotices {
  /** When this process looked last, so that the table is not asked each minute. */
  private checked = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: CoverageNoticesParts) {}

  async run(remaining: Remaining): Promise<void> {
    const { policy, told, notices, now, log } = this.parts;
    const isRecent = (time: number) => now().getTime() - time < againMilliseconds;
    if (policy.targets === undefined || isRecent(this.checked)) return;
    const before = await told.read();
    if (before && isRecent(Date.parse(before.checkedAt))) {
      this.checked = Date.parse(before.checkedAt);
      return;
    }
    const places = targetPlaces(policy, await this.parts.tree()) ?? [];
    const items = await this.items();
    const noted = await this.noteNew(places, items, remaining);
    if (!noted) return;
    const every = patrolMilliseconds(policy);
    const rows = coverageRows({
      places: places.filter((place) => !noted.has(placeKey(place))),
      resourceTypes: this.parts.resourceTypes,
      items: items.values(),
      // The sweep tells of them apart.
      unreachable: [],
      every,
      now: now(),
    });
    // A member that has just joined may not have its roles yet.
    const isNew = ({ since }: Pick<CoverageRow, 'since'>) =>
      since !== undefined && now().getTime() - Date.parse(since) < every;
    const old = rows.filter((row) => !isNew(row));
    const news = coverageNews(old, before?.missing ?? [], now());
    for (const notice of news.notices) await notices.give(notice, now());
    await this.parts.deputies.tell(
      places
        .map((place) => items.get(placeKey(place)))
        .filter((item) => item !== undefined)
        .filter((item) => !isNew(item)),
    );
    log.info(logLines.coverageSeen, { uncovered: old.filter(isOverdue).length });
    await told.write({ checkedAt: now().toISOString(), missing: news.missing });
    this.checked = now().getTime();
  }

  private async items(): Promise<Map<string, PlaceCoverage>> {
    const { coverage, log } = this.parts;
    const items = new Map<string, PlaceCoverage>();
    const onUnreadable = (error: Error) =>
      log.error('Coverage cannot be understood, and is told as missing', { error: String(error) });
    for await (const item of coverage.list(onUnreadable)) items.set(placeKey(item), item);
    return items;
  }

  /** @returns keys of the places that are watched from now on; undefined when there was no time for all: the next sweep goes on */
  private async noteNew(
    places: readonly TargetPlace[],
    items: ReadonlyMap<string, PlaceCoverage>,
    remaining: Remaining,
  ): Promise<ReadonlySet<string> | undefined> {
    const noted = new Set<string>();
    const unknown = places.filter((place) => !items.has(placeKey(place)));
    for (let from = 0; from < unknown.length; from += notedAtOnce) {
      if (remaining() < lookMilliseconds) return undefined;
      const some = unknown.slice(from, from + notedAtOnce);
      const note = async (place: TargetPlace) => {
        const isNew = await this.parts.coverage.watch(place, this.parts.now());
        if (isNew || (await this.isKnownMeanwhile(place))) noted.add(placeKey(place));
      };
      await Promise.all(some.map(note));
    }
    return noted;
  }

  /** Whether another process, or a first patrol, has noted the place since the items were read: the next sweep tells of it then. */
  private async isKnownMeanwhile(place: TargetPlace): Promise<boolean> {
    try {
      return (await this.parts.coverage.read(place)) !== undefined;
    } catch (error) {
      if (error instanceof RecordError) return false;
      throw error;
    }
  }
}
