import { type FindingIdentity, findingMessageSchema } from '../../contract/finding';
import { isResourceId } from '../../contract/resource-types';
import type { Control, CustomControl } from '../../controls/control';

/** Thrown for a message that no later attempt can make sense of. It ends in the dead-letter queue. */
export class UnusableMessageError extends Error {
  override readonly name = 'UnusableMessageError';
}

/** What a message on the queue says: which resource to look at, for which control. */
export interface Hint {
  identity: FindingIdentity;
  control: CustomControl;
}

/** Finds a control by its id, as the registry does. */
export type FindControl = (id: string) => Control | undefined;

/**
 * Reads a message of the remediation queue. Only the identity is taken from it: anybody in the organization can write
 * one, so what it says about the resource is not believed.
 * @param body the message's body
 * @throws UnusableMessageError when it is not a finding of a known version, control and resource type
 */
export function parseMessage(body: string, findControl: FindControl): Hint {
  const parsed = findingMessageSchema.safeParse(parseJson(body));
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
    throw new UnusableMessageError(`The message is not a finding of a known version: malformed at ${where}.`);
  }
  const { accountId, region, control: controlId, resourceType, resourceId } = parsed.data;
  const control = fixableControl(controlId, findControl);
  if (control.resourceType !== resourceType) {
    throw new UnusableMessageError(
      `The message names a ${quoted(resourceType)} for ${control.id}, which is about ${control.resourceType}.`,
    );
  }
  if (!isResourceId(control.resourceType, resourceId)) {
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
export function fixableControl(controlId: string, findControl: FindControl): CustomControl {
  const control = findControl(controlId);
  if (control?.kind === 'custom') return control;
  throw new UnusableMessageError(
    control
      ? `${control.id} is only watched; no finding of it can be fixed.`
      : `There is no control ${quoted(controlId)}.`,
  );
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new UnusableMessageError('The message is not JSON.', { cause: error });
  }
}

/** Text of a stranger, safe in a log line. */
function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 128));
}
