import type { Notice } from '../../../core/notice';
import { states } from '../../../core/states';
import type { CoverageStore } from '../../../ledger/coverage/coverage';
import { typeWatchOf } from '../../../ledger/coverage/type-watch';
import { patrolMilliseconds, type WatchSettings } from '../../../ledger/coverage/watched-places';
import type { Baseline, BaselineEntry, Baselines } from '../../../ledger/limits/baselines';
import type { Notices } from '../../../ledger/told/notices';

/** A baseline is whole once nothing has joined it for so long. */
const quietMilliseconds = 10 * 60_000;
/** How often it is looked whether an account's first patrol is over: that reads an item for each Region. */
const againMilliseconds = 60 * 60_000;

/** What the digests take. */
export interface BaselineDigestsParts {
  policy: WatchSettings;
  /** AWS's names of the resource types that a patrol goes through. */
  resourceTypes: readonly string[];
  baselines: Pick<Baselines, 'list' | 'entries' | 'told'>;
  coverage: Pick<CoverageStore, 'read'>;
  notices: Pick<Notices, 'give'>;
  now: () => Date;
}

/** Tells of each account's baseline once, when its first patrol is over and nothing joins it any more. */
export class BaselineDigests {
  /** When this process saw last that an account's first patrol goes on, by account. */
  private readonly patrolled = new Map<string, number>();

  constructor(private readonly parts: BaselineDigestsParts) {}

  async run(): Promise<void> {
    const { baselines, notices, now } = this.parts;
    for (const baseline of await baselines.list()) {
      if (now().getTime() - Date.parse(baseline.at) < quietMilliseconds) continue;
      if (await this.isPatrolled(baseline)) continue;
      const entries = await baselines.entries(baseline);
      if (entries.length > 0) await notices.give(noticeOf(baseline, entries, now()), now());
      await baselines.told(baseline);
    }
  }

  /** Whether the first patrol of the account goes on; one that is never over is not waited for. */
  private async isPatrolled({ accountId, begun }: Baseline): Promise<boolean> {
    const { policy, resourceTypes, coverage, now } = this.parts;
    const at = now().getTime();
    if (at - Date.parse(begun) > 2 * patrolMilliseconds(policy)) return false;
    const seen = this.patrolled.get(accountId);
    if (seen !== undefined && at - seen < againMilliseconds) return true;
    for (const region of policy.regions) {
      const known = await coverage.read({ accountId, region }).catch(() => undefined);
      const isOver = resourceTypes.every((type) => {
        const watch = typeWatchOf(known, type);
        return watch === 'unknown' || watch.firstOverAt !== undefined;
      });
      if (isOver) continue;
      this.patrolled.set(accountId, at);
      return true;
    }
    this.patrolled.delete(accountId);
    return false;
  }
}

function noticeOf({ accountId, begun }: Baseline, entries: readonly BaselineEntry[], now: Date): Notice {
  const count = entries.length;
  return {
    version: 1,
    noticeId: `baseline#${accountId}#${begun}`,
    title: `Baseline of account ${accountId}: ${count} ${count === 1 ? 'finding' : 'findings'}`,
    text: `They were there before Staunch could tell of them as they arose: ${counted(entries, ({ control }) => control)}. They are ${counted(entries, ({ state }) => states[state].title)}. None is told by itself; list them with staunch findings --account ${accountId}.`,
    at: now.toISOString(),
  };
}

/** `12 s3-public-access, 3 sqs-public-policy`, the most first. */
function counted(entries: readonly BaselineEntry[], wordOf: (entry: BaselineEntry) => string): string {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(wordOf(entry), (counts.get(wordOf(entry)) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([word, count]) => `${count} ${word}`)
    .join(', ');
}
