import type { TrailCall } from '../../core/trail-call';
import type { ResourcePlace } from './resource-place';

/** What a recorded call can have opened, by what its event says. */
export type Touched =
  /** These resources, by ids as the event has them; none of them is checked. */
  | { ids: readonly string[] }
  /** It may be any resource of the type: in the Region of the call, or in every one. */
  | { everyOne: 'in-region' | 'in-account' };

/** What CloudTrail records of the calls that change what makes a resource of a type dangerous. */
export interface TrailEvents {
  /** `eventSource`: for example `s3.amazonaws.com`. */
  source: string;
  /** Names of the events that change a resource, which are not always the API's: `PutBucketPublicAccessBlock`. */
  names: readonly string[];
  /** Names of the events that can open one, or several. */
  opening: readonly string[];
  /**
   * What a call can have opened. It is one of `opening`, did not fail, and what its event says may be absent, or anything.
   * @param place the account and the Region whose event it is
   * @returns undefined where the event itself shows that the call opened nothing. What it does not show has to be looked at
   */
  touched(call: TrailCall, place: ResourcePlace): Touched | undefined;
}
