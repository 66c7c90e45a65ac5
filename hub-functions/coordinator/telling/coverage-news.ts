import { createHash } from 'node:crypto';
import { cut } from '../../../core/cut';
import type { Notice } from '../../../core/notice';
import { type CoverageGap, type CoverageRow, isOverdue } from '../../../ledger/coverage/coverage-gaps';
import { placeKey } from '../../../ledger/coverage/place-coverage';

/** So many places are named in a notice. */
const mostNamed = 10;
/** So many are remembered as told; an item of the table has room for them many times over. */
const mostRemembered = 5_000;
/** So much of AWS's words is told of a place. */
const longestWords = 120;

/** What people are told of coverage, and what they know then. */
export interface CoverageNews {
  notices: Notice[];
  /** Keys of the places of which they know that they are not covered. */
  missing: string[];
}

/**
 * What is news of coverage: what is missing is told once, all of it together, and once when it is there again. A place of which
 * people know, and that is watched no more, is forgotten silently. Pure.
 * @param known keys of the places of which people know that they are not covered
 */
export function coverageNews(
  rows: readonly CoverageRow[],
  known: readonly string[],
  now: Date,
): CoverageNews {
  const told = new Set(known);
  const missing = rows.filter(isOverdue);
  // Beyond what can be remembered, people know that much is missing.
  const isNew = (row: CoverageRow) => told.size < mostRemembered && !told.has(placeKey(row));
  const news = missing.filter(isNew);
  const back = rows.filter((row) => told.has(placeKey(row)) && row.gaps.length === 0);
  const remembered = missing.map(placeKey).sort().slice(0, mostRemembered);
  return {
    notices: [
      ...(news.length > 0 ? [missingNotice(news, now)] : []),
      ...(back.length > 0 ? [backNotice(back, now)] : []),
    ],
    missing: remembered,
  };
}

function missingNotice(rows: readonly CoverageRow[], now: Date): Notice {
  const what = rows.length === 1 ? 'An account and Region is' : `${rows.length} accounts and Regions are`;
  return notice('missing', rows, now, {
    title: `${what} not covered`,
    text: `What a detector would find there is not found, or found later: ${listed(rows, (row) => `${placeName(row)} (${whyOf(row)})`)}. List all of it with staunch coverage.`,
  });
}

function backNotice(rows: readonly CoverageRow[], now: Date): Notice {
  const what = rows.length === 1 ? 'An account and Region is' : `${rows.length} accounts and Regions are`;
  return notice('back', rows, now, {
    title: `${what} covered by the patrol again`,
    text: `The patrol went through ${listed(rows, placeName)}.`,
  });
}

/** The same for the same places of a day, so that it is told once also where a sweep dies before it has remembered it. */
function notice(
  kind: string,
  rows: readonly CoverageRow[],
  now: Date,
  said: Pick<Notice, 'title' | 'text'>,
): Notice {
  const places = createHash('sha256').update(rows.map(placeKey).sort().join('\n')).digest('hex').slice(0, 16);
  const noticeId = `coverage#${kind}#${places}#${now.toISOString().slice(0, 10)}`;
  return { version: 1, noticeId, ...said, at: now.toISOString() };
}

function listed(rows: readonly CoverageRow[], textOf: (row: CoverageRow) => string): string {
  const more = rows.length - mostNamed;
  return `${rows.slice(0, mostNamed).map(textOf).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function placeName({ accountId, region }: CoverageRow): string {
  return `account ${accountId} in ${region}`;
}

/** Why a place is not covered by the patrol, and that its trail is gone, where either is so. */
function whyOf({ gaps }: CoverageRow): string {
  const ofPatrol = gaps.filter(({ why }) => why !== 'trail');
  return [
    ...(ofPatrol.length > 0 ? [whyNotPatrolled(ofPatrol)] : []),
    ...(ofPatrol.length < gaps.length ? ['its trail is gone'] : []),
  ].join(', and ');
}

function whyNotPatrolled(gaps: readonly CoverageGap[]): string {
  const said = gaps.find(({ words }) => words !== undefined)?.words;
  if (said === undefined)
    return gaps.some(({ why }) => why === 'late') ? 'the last patrol is too old' : 'never patrolled';
  return cut(said, longestWords);
}
