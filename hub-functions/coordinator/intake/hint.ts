import type { ControlFacts, ManagedControl } from '../../../controls/control';
import { cut } from '../../../core/cut';
import type { Detector } from '../../../core/detector';
import type { FindingIdentity } from '../../../core/finding';
import type { Opener } from '../../../core/opener';
import type { MarkedProbe } from '../../../core/probe';
import type { WatchedPlace } from '../../../ledger/coverage/place-coverage';
import { isResourceId } from '../../../resources/resource-types';

/** Thrown for a message that no later attempt can make sense of. It ends in the dead-letter queue. */
export class UnusableMessageError extends Error {
  override readonly name = 'UnusableMessageError';
}

/** What a message on the queue says: which resource to look at, for which control. */
export interface Hint {
  identity: FindingIdentity;
  control: ControlFacts;
  /**
   * - `finding`: somebody says that the resource is dangerous.
   * - `look`: somebody says that it may be.
   * - `mended`: AWS Config says that the resource complies again, or is gone: an open finding of it has to be closed.
   */
  says: 'finding' | 'look' | 'mended';
  detector: Detector;
  /** Who made the call that may have opened it. */
  opened?: Opener;
  /** When the first message of it was sent, ISO 8601; absent where that is not known. */
  sentAt?: string;
}

/** A change that may have opened any resource of a type. */
export interface WideHint {
  accountId: string;
  /** The Region in which to look; absent where it is every one that the policy watches. */
  region?: string;
  resourceType: string;
}

/** All that one message says. */
export interface Hints {
  hints: readonly Hint[];
  wide: readonly WideHint[];
  /** Where CloudTrail recorded the call that the message is about; absent for other messages. */
  recorded?: WatchedPlace;
  /** The doctor's probe that the message is; nothing is looked at for it. */
  probe?: MarkedProbe;
}

/** Finds what is known of a control by its id, as `factsById` does. */
export type FindControl = (id: string) => ControlFacts | ManagedControl | undefined;

/** What is known of the controls. */
export interface KnownControls {
  findControl: FindControl;
  /** Tells the controls that judge resources of a type, as `factsOfType` does. */
  controlsOf: (resourceType: string) => readonly ControlFacts[];
}

/**
 * Makes sure that what a message names can be what it says.
 * @throws UnusableMessageError when it cannot
 */
export function namedIn(
  named: FindingIdentity,
  findControl: FindControl,
): { identity: FindingIdentity; control: ControlFacts } {
  const { accountId, region, control: controlId, resourceType, resourceId } = named;
  const control = fixableControl(controlId, findControl);
  if (control.resourceType !== resourceType) {
    throw new UnusableMessageError(
      `The message names a ${quoted(resourceType)} for ${control.id}, which is about ${control.resourceType}.`,
    );
  }
  if (!isResourceId(control.resourceType, resourceId, named)) {
    throw new UnusableMessageError(
      `The message names ${quoted(resourceId)}, which is no id of a ${resourceType}.`,
    );
  }
  return { identity: { accountId, region, control: control.id, resourceType, resourceId }, control };
}

/**
 * The control of that id, if it is one that Staunch fixes itself.
 * @throws UnusableMessageError when it is unknown or only watched
 */
export function fixableControl(controlId: string, findControl: FindControl): ControlFacts {
  const control = findControl(controlId);
  if (control?.kind === 'custom') return control;
  throw new UnusableMessageError(
    control
      ? `${control.id} is only watched; no finding of it can be fixed.`
      : `There is no control ${quoted(controlId)}.`,
  );
}

/** Text of a stranger, safe in a log line. */
export function quoted(text: string): string {
  return JSON.stringify(cut(text, 128));
}
