import { listDigest } from '../../../core/frozen-list';
import type { Notice } from '../../../core/notice';
import type { DoctorGap, DoctorGaps, SeenGaps } from '../../../ledger/told/doctor-gaps';
import type { Notices } from '../../../ledger/told/notices';
import type { ToldCoverageStore } from '../../../ledger/told/told-coverage';

/** So many are named in a notice. */
const mostNamed = 10;

/** What the notices take. */
export interface DoctorNoticesParts {
  gaps: Pick<DoctorGaps, 'read'>;
  told: Pick<ToldCoverageStore, 'read' | 'write'>;
  notices: Pick<Notices, 'give'>;
  now: () => Date;
}

/** Tells the channel of what the daily doctor found not well, once, and once when it is over. */
export class DoctorNotices {
  /** Of the doctor that was told last by this process. */
  private toldOf: string | undefined;

  constructor(private readonly parts: DoctorNoticesParts) {}

  async run(): Promise<void> {
    const { gaps, told, notices, now } = this.parts;
    const seen = await gaps.read();
    if (seen === undefined || seen.at === this.toldOf) return;
    const before = await told.read();
    if (before?.checkedAt !== seen.at) {
      const { given, known } = doctorNews(seen, before?.missing ?? []);
      for (const notice of given) await notices.give(notice, now());
      await told.write({ checkedAt: seen.at, missing: known });
    }
    this.toldOf = seen.at;
  }
}

/**
 * What is news of what the doctor found, and of what of it people know. Pure.
 * @param known keys of the gaps of which people know
 */
export function doctorNews(
  { at, gaps, isWhole }: SeenGaps,
  known: readonly string[],
): { given: Notice[]; known: string[] } {
  const told = new Set(known);
  const found = new Set(gaps.map(keyOf));
  const news = gaps.filter((gap) => !told.has(keyOf(gap)));
  const over = isWhole ? known.filter((key) => !found.has(key)) : [];
  const given: Notice[] = [];
  if (news.length > 0)
    given.push({
      ...noticeOf('found', news.map(keyOf), at),
      title: news.length === 1 ? 'The doctor found a gap' : `The doctor found ${news.length} gaps`,
      text: `${listed(news.map((gap) => `${nameOf(keyOf(gap))}: ${gap.text}`))} staunch doctor says what to do.`,
    });
  if (over.length > 0)
    given.push({
      ...noticeOf('over', over, at),
      title: over.length === 1 ? 'A gap is closed' : `${over.length} gaps are closed`,
      text: `The doctor found these well again: ${listed(over.map(nameOf))}.`,
    });
  const gone = new Set(over);
  return { given, known: [...new Set([...known, ...found])].filter((key) => !gone.has(key)).sort() };
}

/** A check in a place: what it says may change without being news. */
function keyOf({ check, accountId = '', region = '' }: DoctorGap): string {
  return [check, accountId, region].join('#');
}

function nameOf(key: string): string {
  const [check = '', accountId, region] = key.split('#');
  const where = [accountId && `account ${accountId}`, region].filter(Boolean).join(', ');
  return where === '' ? check : `${check} in ${where}`;
}

function listed(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** The same for the same doctor, so that it is told once also where a sweep dies before it has remembered it. */
function noticeOf(kind: string, keys: readonly string[], at: string) {
  return { version: 1 as const, noticeId: `doctor#${kind}#${listDigest(keys)}#${at}`, at };
}
