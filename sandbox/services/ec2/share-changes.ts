import type { ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';

/** An element of a list of permissions, by EC2's names: `Group`, `UserId`, and of AMIs `OrganizationArn` and `OrganizationalUnitArn`. */
export type SharePermission = Readonly<Record<string, string>>;

/** What a call changes of the list of a snapshot or an AMI. */
export interface ShareChanges {
  id: string;
  added: readonly SharePermission[];
  removed: readonly SharePermission[];
}

/** What can be shared: by the operation that changes its list, how its id, its list and the list's attribute are called. */
const shared: Readonly<Record<string, { id: string; list: string; attribute: string }>> = {
  ModifySnapshotAttribute: {
    id: 'SnapshotId',
    list: 'CreateVolumePermission',
    attribute: 'createVolumePermission',
  },
  ModifyImageAttribute: { id: 'ImageId', list: 'LaunchPermission', attribute: 'launchPermission' },
};

/** By the parameters of a call's other form, in which one operation names its permissions by kind. */
const byKind: Readonly<Record<string, string>> = {
  UserGroup: 'Group',
  UserId: 'UserId',
  OrganizationArn: 'OrganizationArn',
  OrganizationalUnitArn: 'OrganizationalUnitArn',
};

/**
 * What a call changes of a share list; undefined where it is no such call. It may give the list's changes as a structure, or as one
 * operation with permissions by kind.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html
 * @throws ApiError where EC2 refuses the form
 */
export function shareChangesOf({ operation, parameters }: ApiCall): ShareChanges | undefined {
  const names = Object.hasOwn(shared, operation) ? shared[operation] : undefined;
  if (names === undefined) return undefined;
  const { [names.list]: structure, Attribute, OperationType, [names.id]: id } = parameters;
  if (structure === undefined && Attribute !== undefined && Attribute !== names.attribute) return undefined;
  const { Add, Remove } = (structure ?? {}) as { Add?: SharePermission[]; Remove?: SharePermission[] };
  const named = Object.entries(byKind).flatMap(([parameter, name]) =>
    ((parameters[parameter] ?? []) as string[]).map((value) => ({ [name]: value })),
  );
  if (named.length > 0 && OperationType !== 'add' && OperationType !== 'remove') {
    throw new ApiError('InvalidParameterValue', 'OperationType has to be add or remove.');
  }
  return {
    id: String(id),
    added: [...(Add ?? []), ...(OperationType === 'add' ? named : [])],
    removed: [...(Remove ?? []), ...(OperationType === 'remove' ? named : [])],
  };
}

/** The same changes as the record of CloudTrail has them. */
export function recordedShareChanges(call: ApiCall): object | undefined {
  const names = shared[call.operation];
  const changes = shareChangesOf(call);
  if (names === undefined || changes === undefined) return undefined;
  const { added, removed } = changes;
  return {
    [lowerFirst(names.id)]: changes.id,
    [lowerFirst(names.list)]: {
      ...(added.length > 0 && { add: { items: added.map(inRecord) } }),
      ...(removed.length > 0 && { remove: { items: removed.map(inRecord) } }),
    },
    // Of AMIs by the API's name, of snapshots by one of its own.
    attributeType: names.attribute === 'launchPermission' ? names.attribute : 'CREATE_VOLUME_PERMISSION',
  };
}

function inRecord(permission: SharePermission): object {
  return Object.fromEntries(Object.entries(permission).map(([name, value]) => [lowerFirst(name), value]));
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
