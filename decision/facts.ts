import type { CompiledPolicy } from '../config/compiled';
import type { TypeWatch } from '../ledger/coverage/type-watch';
import type { Decision } from '../ledger/findings/record';
import type { UndoExemption } from '../ledger/findings/undo-exemption';
import type { LimitReached } from '../ledger/limits/fix-log';
import type { Stop } from '../ledger/limits/stop';
import type { Refusal } from '../ledger/limits/waits-for';
import type { FindingRuling } from './finding-ruling';
import type { NamesSeen } from './names-seen';
import type { Past } from './past';
import type { Result } from './result-verdict';

/** A resource as it was seen, or as it is taken to be. */
export interface Look extends Result {
  /** `planDigest` of its plan; absent where there is none, or where it is not known. */
  seen?: string;
  /** The same, `earlierPlanDigest`. */
  seenEarlier?: string;
  /** Value of the resource's tag `staunch:exempt-until`, as its owners wrote it; absent where it has none. */
  exemptUntil?: string;
  /** Nobody looked: it is taken to be dangerous, as it was seen last. */
  assumed?: true;
}

/** What was asked for, and could not be read, with the reason for people. */
export interface Unreadable {
  unreadable: string;
}

/** What is known from the start. */
export interface KnownFacts {
  now: Date;
  policy: Pick<CompiledPolicy, 'organization' | 'regions' | 'limits' | 'lossy' | 'patrol'>;
  ruling: FindingRuling;
  /** The resource's Region; absent where no resource is meant. */
  region?: string;
  /** Whether rules run in the account; absent where that is not known. */
  watched?: boolean;
  /** Why the finding's record cannot be understood; nobody looks at what has one. */
  unreadableRecord?: string;
  /** A look needs one of the account's places for open findings: the finding is new, or waits for a place. */
  needsPlace?: true;
  /** The number of the try that its next look is, as its record counts them; 1 where it has none. */
  tries?: number;
  /** A person's decision about the finding, also one that has expired. */
  decision?: Decision;
  /** When attempts at this occurrence wrote; ISO 8601. */
  writes: readonly string[];
  /** How the danger came to be known; absent where nothing is known of it yet. */
  past?: Past;
  /** An attempt failed, and the pause after it lasts. */
  retry?: { at: string; reason?: string; errorCode?: string };
}

/** What is asked for only where the decision depends on it. */
export interface AskedFacts {
  /** How many findings of the account are open, `limits.openFindings` at most. */
  openFindings: number;
  look: Look;
  /** The exemption that an order wrote, also one that has ended. */
  undone: UndoExemption | 'none';
  /** When a tag that exempts was first seen on the resource; `none` where the resource has no such tag. */
  tagSeen: Date | 'none';
  /** How far the finding's account and Region are watched, for its type. */
  watch: TypeWatch | 'unknown';
  /** Every stop of the switch. */
  stops: readonly Stop[] | Unreadable;
  /** What the policy's names come to. */
  names: NamesSeen | Unreadable;
  /** When attempts at earlier occurrences wrote; ISO 8601. */
  earlierWrites: readonly string[];
  /** Why the role that fixes cannot be assumed. */
  refusal: Refusal | 'none';
  /** The limit that one more fix reaches; where it is reserved, `none` means that the fix is counted. */
  limit: LimitReached | 'none' | Unreadable;
  /** What the policy says where the account lies right before the fix. */
  freshRuling: FindingRuling | Unreadable | { unknownAccount: string };
}

/** What a decision rests on, as far as it is known. */
export type Facts = KnownFacts & Partial<AskedFacts>;

/** The name of something that can be asked for. */
export type FactName = keyof AskedFacts;

/** Whether something could not be read. */
export function isUnreadable(fact: object | string): fact is Unreadable {
  return typeof fact === 'object' && 'unreadable' in fact;
}
