import type { FindingIdentity } from '../../core/finding';
import type { FixStep } from '../../core/fix-step';
import type { Json } from '../../core/json';
import type { Change, Plan } from '../../core/plan';
import type { SessionCredentials } from '../../core/remediation';
import type { FixableResourceType } from '../resource-types';
import type { PlanUndo } from './undo';

/** A resource as AWS answered just now. */
export interface Reading<Resource = unknown> {
  /** The control's model of it. */
  resource: Resource;
  /** Everything that an undo needs, as AWS answered it. */
  before: Json;
  /**
   * Value of the tag `staunch:exempt-until`, as its owners wrote it; absent where the resource has no such tag. It is no part
   * of `before`: a fix does not touch tags, and an undo does not ask for them.
   */
  exemptUntil?: string;
  /** Name of the CloudFormation stack that made the resource, by its tag; absent where none did. No part of `before` either. */
  stack?: string;
  /** Its tags by their keys, as their owners wrote them; absent where a reading does not ask for them. No part of `before` either. */
  tags?: Record<string, string>;
}

/** Hears which of a plan's changes an application has made, as it makes them. */
export type OnApplied = (changes: readonly Change[]) => void;

/** How long to wait, in milliseconds, before each further look at something whose changes are seen everywhere in a moment. */
export const settlesSoon: readonly number[] = [250, 1_000];

/**
 * The same, for settings that are seen everywhere only in the end, in seconds. Ten seconds with what the looks take.
 */
export const settlesInSeconds: readonly number[] = [250, 500, 1_000, 2_000, 3_000, 3_000];

/** One live resource, seen through a session that is good for one finding. */
export interface LiveResource<Resource = unknown> {
  /**
   * How long to wait, in milliseconds, before each further look at what was written a moment ago: AWS may still answer as it was before.
   * Each is shorter than what is left of the function's time when calls are cut off, so that what happened is told in any case.
   */
  readonly settling: readonly number[];
  /**
   * Reads the resource.
   * @returns `gone` when it does not exist
   * @throws TornReadingError when AWS's answers contradict each other; RefusedError when no reading can ever succeed; AWS's own
   *   error when a call was refused
   */
  read(): Promise<Reading<Resource> | 'gone'>;
  /**
   * Reads no more than tells, together with what `apply` reads right before its first write, whether the resource is still as it was
   * read once. Absent where that is all of a reading.
   * @param before that reading, as `Reading.before` has it
   * @param plan made from it
   * @returns that reading, without tags; undefined when the resource is not like it any more, or is gone
   * @throws ResourceInputError when `before` cannot be understood; AWS's own error when a call was refused
   */
  readIfStill?(before: Json, plan: Plan): Promise<Reading<Resource> | undefined>;
  /**
   * Reads, after a plan's writes, the parts that they write. Absent where that is all of a reading.
   * @param before the reading from which the plan was made
   * @returns in `resource` those parts alone, as if nothing else kept anybody out, so that what complies by them complies; in
   *   `before` the other parts as they were
   * @throws AWS's own error when a call was refused
   */
  readWritten?(before: Json): Promise<Reading<Resource> | 'gone'>;
  /**
   * Applies a plan's changes, in their order.
   * @param reading what the plan was made from; the application stops when the resource is no longer like this
   * @throws ChangedMeanwhileError, LossyOnlyError, RefusedError, StoppedError; AWS's own error when a call was refused
   */
  apply(plan: Plan, reading: Reading<Resource>, onApplied: OnApplied): Promise<void>;
  /**
   * Makes what is left of a step that stopped half-way, though the resource complies by now. Absent where a resource that
   * complies has nothing left to change. What somebody else changed since stays.
   * @throws ChangedMeanwhileError, StoppedError; AWS's own error when a call was refused
   */
  complete?(step: FixStep, onApplied: OnApplied): Promise<void>;
  /**
   * Makes the changes of an undo, in their order. A change that is made already is passed over.
   * @throws ChangedMeanwhileError, RefusedError with AWS's words for what it will not take back; AWS's own error when a call
   *   was refused otherwise. A part that is not taken back takes the others with it, as far as they can be made undone.
   */
  applyUndo(changes: readonly Change[], onApplied: OnApplied): Promise<void>;
  /** Closes connections. */
  close(): void;
}

/** What it takes to reach one resource in a member account. */
export interface ResourceAccess {
  finding: FindingIdentity;
  credentials: SessionCredentials;
  /** Fires when the function is about to run out of time. */
  signal: AbortSignal;
  /**
   * Asked right before every write.
   * @throws StoppedError when nothing may be written now
   */
  mayWrite(): Promise<void>;
}

/** How one resource type is read and changed. */
export interface Adapter<Resource = unknown> {
  resourceType: FixableResourceType;
  /** Plans what gives back what a fix took. */
  planUndo: PlanUndo;
  open(access: ResourceAccess): LiveResource<Resource>;
}

/** Thrown right before a write that may not be made now, because the stop switch is on or a freeze has begun. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';

  constructor(
    message: string,
    /** The switch could not be read, which counts as on. */
    readonly unreadable: boolean = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Thrown by a reading whose parts AWS answered from different moments. Read again. */
export class TornReadingError extends Error {
  override readonly name = 'TornReadingError';
}

/** Thrown by an application that met something else than it had read. Read again and plan again. */
export class ChangedMeanwhileError extends Error {
  override readonly name = 'ChangedMeanwhileError';
}

/** Thrown by an application, before it changed anything, when AWS allows only a plan that takes more than the danger. */
export class LossyOnlyError extends Error {
  override readonly name = 'LossyOnlyError';

  constructor(
    message: string,
    /** The plan that AWS allows; lossy. */
    readonly plan: Plan,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
