import type { FixableResourceType } from '../../contract/resource-types';
import { type CustomControl, ResourceInputError } from '../../controls/control';
import { bucketFromApi } from '../../controls/resources/bucket';
import { securityGroupFromApi } from '../../controls/resources/security-group';
import { parseInvocation } from '../../member-functions/rule/invocation';

/** A resource as it was handed over, understood far enough to be named. */
export interface NamedResource {
  /** Its id or name; null where the input does not say. */
  name: string | null;
  /** False for a resource that is deleted or out of the rule's scope: the control does not apply to it. */
  applicable: boolean;
  /**
   * The control's model of it.
   * @throws ResourceInputError when it cannot be understood.
   */
  model(): unknown;
}

/** Fills the models from what AWS's API answers. */
const fromApi: Record<FixableResourceType, { read: (answer: unknown) => unknown; nameKey: string }> = {
  'AWS::EC2::SecurityGroup': { read: (answer) => securityGroupFromApi(answer), nameKey: 'GroupId' },
  'AWS::S3::Bucket': { read: bucketFromApi, nameKey: 'Name' },
};

/**
 * Recognizes the form in which a resource is handed over: the event of a rule invocation, a configuration item in any of
 * AWS Config's forms, or what AWS's API answers.
 * @throws ResourceInputError when it is none of them, InvocationError when it is a malformed invocation
 */
export function recognize(value: unknown, control: CustomControl): NamedResource {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const what = Array.isArray(value) ? 'a list' : JSON.stringify(value);
    throw new ResourceInputError(`A resource should be an object, and is ${what}.`);
  }
  if ('invokingEvent' in value) return fromInvocation(value, control);
  if (isConfigurationItem(value)) return fromItem(value, control, false);
  const { read, nameKey } = fromApi[control.resourceType];
  const name = textOrNull((value as Record<string, unknown>)[nameKey]);
  return { name, applicable: true, model: () => read(value) };
}

function fromInvocation(event: object, control: CustomControl): NamedResource {
  const { notification, leftScope } = parseInvocation(event);
  if (notification.kind === 'item') return fromItem(notification.item, control, leftScope);
  throw new ResourceInputError(
    notification.kind === 'oversized'
      ? `invokingEvent holds only a summary of ${notification.resourceId}: fetch its item with GetResourceConfigHistory.`
      : `invokingEvent is a ${notification.messageType}, which is about no resource.`,
  );
}

function fromItem(item: object, control: CustomControl, leftScope: boolean): NamedResource {
  const fields = item as Record<string, unknown>;
  const status = fields.configurationItemStatus;
  const gone =
    typeof status === 'string' && (status.startsWith('ResourceDeleted') || status === 'ResourceNotRecorded');
  return {
    name: textOrNull(fields.resourceId) ?? textOrNull(fields.resourceName),
    applicable: !leftScope && !gone,
    model: () => control.fromConfigurationItem(item),
  };
}

/** AWS Config writes its keys in camel case; EC2 and S3 write theirs with a capital. */
function isConfigurationItem(value: object): boolean {
  const keys = ['configurationItemStatus', 'configuration', 'supplementaryConfiguration', 'resourceType'];
  return keys.some((key) => Object.hasOwn(value, key));
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
