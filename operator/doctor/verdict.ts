import type { Cure } from './cure';

/**
 * How something is:
 * - `well`
 * - `not well`: it does not work, and the cure says what to do.
 * - `unknown`: it could not be read. It counts as not well.
 * - `notice`: it works, and less well than it could; nothing has to be done.
 * - `not covered`: nothing of Staunch is meant to be there.
 */
export type Condition = 'well' | 'not well' | 'unknown' | 'notice' | 'not covered';

/** What a check says of the organization, of an account, or of an account in a Region. */
export interface Verdict {
  /** The check's name. */
  check: string;
  condition: Condition;
  accountId?: string;
  region?: string;
  /** A sentence, or a few words, for people. */
  text: string;
  /** AWS's words, printable. */
  said?: string;
  /** Absent where it is well, or nobody can do anything. */
  cure?: Cure;
}

/** A check: a small judge over facts that were read before. Pure. */
export interface Check<Facts> {
  name: string;
  judge(facts: Facts): Verdict[];
}

/** What all checks say. Pure. */
export function judged<Facts>(checks: readonly Check<Facts>[], facts: Facts): Verdict[] {
  return checks.flatMap((check) => check.judge(facts));
}

/** Whether nothing has to be done. */
export function isWell({ condition }: Pick<Verdict, 'condition'>): boolean {
  return condition === 'notice' || isUnremarkable({ condition });
}

/** Whether there is nothing to say of it either. */
export function isUnremarkable({ condition }: Pick<Verdict, 'condition'>): boolean {
  return condition === 'well' || condition === 'not covered';
}
