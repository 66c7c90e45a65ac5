import type { Detector } from '../core/detector';
import type { Opener } from '../core/opener';
import type { TypeWatch } from '../ledger/coverage/type-watch';
import type { Standing } from '../ledger/findings/record';

const minuteMilliseconds = 60_000;
/** What nobody decided on for so long was missed: the hub, or the way to the account, was away. */
const missedMilliseconds = 60 * minuteMilliseconds;
/** What the last page of a walk found may still be on the queue when the walk is over. */
const onItsWayMilliseconds = 15 * minuteMilliseconds;

/** How a danger came to be known, and what was decided of it before. */
export interface Past {
  /** When it was first received, ISO 8601. */
  receivedAt: string;
  /** When the message that opened it was sent, ISO 8601; absent where it was received at once. */
  sentAt?: string;
  detector?: Detector;
  opened?: Pick<Opener, 'at'>;
  standing?: Standing;
  /** All that the policy said of it at the last look, `ruledDigest`. */
  ruled?: string;
}

/** Whether nobody has decided on a danger for so long that something must have been away. */
export function isMissed({ receivedAt, sentAt = receivedAt, standing }: Past, now: Date): boolean {
  return standing === undefined && now.getTime() - Date.parse(sentAt) > missedMilliseconds;
}

/**
 * Whether a danger was seen for the first time before the first walk of its type in its account and Region was over: nobody knows
 * then whether it is new, unless CloudTrail says that it was opened since the place is watched.
 * @param watch what is known of the walks there; `unknown` where that is nothing
 * @param everyMilliseconds between two patrols of a place
 */
export function isOfFirstPatrol(
  { receivedAt, detector, opened }: Past,
  watch: TypeWatch | 'unknown',
  everyMilliseconds: number,
): boolean {
  if (watch === 'unknown') return detector === 'patrol';
  const { since, firstOverAt } = watch;
  if (opened && Date.parse(opened.at) > Date.parse(since)) return false;
  const received = Date.parse(receivedAt);
  if (firstOverAt !== undefined) return received <= Date.parse(firstOverAt) + onItsWayMilliseconds;
  // A place that no walk ever gets through does not stay new for ever.
  return detector === 'patrol' || received <= Date.parse(since) + 2 * everyMilliseconds;
}
