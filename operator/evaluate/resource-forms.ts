import type { CustomControl } from '../../controls/control';
import { cut } from '../../core/cut';
import { ResourceInputError } from '../../core/errors';
import { parseInvocation } from '../../core/rule-invocation';
import { type Fields, isFields, isText } from '../../resources/kit/input';
import { resources } from '../../resources/registry';
import { readItem } from './item';

/** A resource as it was handed over, understood far enough to be named. */
export interface NamedResource {
  /** Its id or name; null where the input does not say. */
  name: string | null;
  /** False for a resource that is deleted or out of the rule's scope: the control does not apply to it. */
  applicable: boolean;
  /** Whether it says that it is of another type than the control's, and came with others. */
  ofAnother: boolean;
  /**
   * The control's model of it.
   * @throws ResourceInputError when it cannot be understood.
   */
  model(): unknown;
}

/**
 * Recognizes the form in which a resource is handed over: the event of a rule invocation or its `invokingEvent` alone, a
 * configuration item in any of AWS Config's forms, a row of a query, or what AWS's API answers.
 * @param among whether it came with others: the control does not apply to those of other types
 * @throws ResourceInputError when it is none of them, InvocationError when it is a malformed invocation
 */
export function recognize(value: unknown, control: CustomControl, among = false): NamedResource {
  if (!isFields(value)) {
    const what = Array.isArray(value) ? 'a list' : cut(JSON.stringify(value), 80);
    throw new ResourceInputError(`A resource should be an object, and is ${what}.`);
  }
  const event = invocationOf(value);
  if (event !== undefined) return fromInvocation(event, control, among);
  if (isConfigurationItem(value)) return fromItem(value, control, { leftScope: false, among });
  const { fromApi, apiId } = resources[control.resourceType];
  return { name: textOrNull(apiId(value)), applicable: true, ofAnother: false, model: () => fromApi(value) };
}

/** The event of an invocation, also where only its `invokingEvent` was kept, as text or as an object. */
function invocationOf(value: Fields): object | undefined {
  const rest = { resultToken: '', accountId: '' };
  if ('invokingEvent' in value) {
    const { invokingEvent } = value;
    return isFields(invokingEvent)
      ? { ...rest, ...value, invokingEvent: JSON.stringify(invokingEvent) }
      : { ...rest, ...value };
  }
  return isEvent(value) ? { ...rest, invokingEvent: JSON.stringify(value) } : undefined;
}

/** Whether it is what an invocation has as its `invokingEvent`. */
function isEvent(value: Fields): boolean {
  return Object.hasOwn(value, 'messageType') || isFields(value.configurationItem);
}

/** The id or name of a resource in any form, from its own fields alone: it may be nested too deeply for more. */
export function nameOf(value: unknown, control: CustomControl): string | null {
  if (!isFields(value)) return null;
  const { apiId } = resources[control.resourceType];
  return textOrNull(value.resourceId) ?? textOrNull(value.resourceName) ?? textOrNull(apiId(value));
}

function fromInvocation(event: object, control: CustomControl, among: boolean): NamedResource {
  const { notification, leftScope } = parseInvocation(event);
  if (notification.kind === 'item') return fromItem(notification.item, control, { leftScope, among });
  throw new ResourceInputError(
    notification.kind === 'oversized'
      ? `invokingEvent holds only a summary of ${notification.resourceId}: fetch its item with GetResourceConfigHistory.`
      : `invokingEvent is a ${notification.messageType}, which is about no resource.`,
  );
}

function fromItem(
  fields: Fields,
  control: CustomControl,
  { leftScope, among }: { leftScope: boolean; among: boolean },
): NamedResource {
  const { name, type, named } = readItem(fields);
  const ofAnother = isOfAnother(type, control, among);
  return {
    name,
    applicable: !leftScope && !isGone(fields) && !ofAnother,
    ofAnother,
    model: () => control.fromConfigurationItem(named(control.resourceType)),
  };
}

/** Whether the item is of a resource that is deleted, or that AWS Config does not record any more. */
export function isGone({ configurationItemStatus: status }: Fields): boolean {
  return (
    typeof status === 'string' && (status.startsWith('ResourceDeleted') || status === 'ResourceNotRecorded')
  );
}

/** The type that an answer of AWS's API is about; undefined for other forms, and where that is not sure. */
export function typeOfAnswer(value: unknown): string | undefined {
  if (!isFields(value) || 'invokingEvent' in value || isEvent(value) || isConfigurationItem(value))
    return undefined;
  const types = Object.values(resources).filter(({ isApiAnswer }) => isApiAnswer(value));
  return types.length === 1 ? types[0]?.type : undefined;
}

/** Whether a resource that came with others is of another type than the control's. */
export function isOfAnother(type: string | undefined, control: CustomControl, among: boolean): boolean {
  return among && type !== undefined && type !== control.resourceType;
}

/** A configuration item that says what it is of. */
export interface PlainForm extends Fields {
  resourceId: string;
  resourceType: string;
}

/** Whether a value is a configuration item, by itself, that says what it is of: most of an inventory is. */
export function isPlainForm(value: unknown): value is PlainForm {
  return (
    isFields(value) &&
    isText(value.resourceType) &&
    isText(value.resourceId) &&
    !('invokingEvent' in value) &&
    !('messageType' in value) &&
    !('configurationItem' in value)
  );
}

/** AWS Config writes its keys in camel case; EC2 and S3 write theirs with a capital. */
function isConfigurationItem(value: object): boolean {
  const keys = [
    'configurationItemStatus',
    'configuration',
    'supplementaryConfiguration',
    'resourceType',
    'resourceId',
  ];
  return keys.some((key) => Object.hasOwn(value, key));
}

function textOrNull(value: unknown): string | null {
  return isText(value) ? value : null;
}
