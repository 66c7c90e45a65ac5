import type { TagRule } from '../config/compiled';
import { endOf } from '../config/expiry';
import { cut } from '../core/cut';
import { exemptUntilTag } from '../core/exempt-tag';
import { utc } from '../core/utc';

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** More of a value that is no date than this helps nobody. */
const shownCharacters = 41;

/** A resource's tag, and what it may bring about. */
export interface TaggedResource {
  /** The tag's value, as its owners wrote it; undefined where the resource has no such tag. */
  value: string | undefined;
  /** As `tagRuleFor` says; undefined where tags exempt nothing. */
  rule: TagRule | undefined;
  /**
   * When an exempting tag was first seen on this finding. With `now`, the answer is whether the tag would exempt it if this
   * were the first sight.
   */
  firstSeen: Date;
  now: Date;
}

/** Until when a tag exempts, or why it does not; both for people. */
export type TagExemption = { until: Date; reason: string } | { ignored: string };

/**
 * What the tag `staunch:exempt-until` brings about. It exempts until the time that it says, a date to the end of that day in UTC,
 * but no longer than the policy's number of days after it was first seen, whatever is written into it later.
 * @returns undefined where the resource has no such tag, or tags exempt nothing. The reason may quote the tag: escape it where it
 *   is shown
 */
export function tagExemption({ value, rule, firstSeen, now }: TaggedResource): TagExemption | undefined {
  if (value === undefined || !rule) return undefined;
  const said = `The tag ${exemptUntilTag} says ${quoted(value)}`;
  const end = endOf(value.trim());
  if (!end) {
    return {
      ignored: `${said}: write a date like 2027-03-01, or date and time with their offset like 2027-03-01T17:00:00Z.`,
    };
  }
  if (end.getTime() <= now.getTime()) return { ignored: `${said}, which is over.` };
  const latest = new Date(firstSeen.getTime() + rule.maximumDays * dayMilliseconds);
  const limit = `a tag exempts for ${days(rule.maximumDays)} at most, and it was first seen on ${utc(firstSeen)}`;
  if (latest.getTime() <= now.getTime()) return { ignored: `${said}, but ${limit}.` };
  if (latest.getTime() < end.getTime()) return { until: latest, reason: `${said}; ${limit}.` };
  return { until: end, reason: `${said}.` };
}

function quoted(value: string): string {
  return JSON.stringify(cut(value, shownCharacters));
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}
