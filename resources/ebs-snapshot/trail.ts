import type { TrailCall } from '../../core/trail-call';
import { type Fields, isFields, isText } from '../kit/input';
import type { Touched, TrailEvents } from '../kit/trail-events';

/**
 * What CloudTrail records of calls about EBS snapshots, and about the setting that blocks sharing them with everybody:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSnapshotBlockPublicAccess.html
 */
export const snapshotTrail: TrailEvents = {
  source: 'ec2.amazonaws.com',
  names: ['ModifySnapshotAttribute', 'ResetSnapshotAttribute'],
  // A new snapshot, and a copy, is shared with nobody.
  opening: ['ModifySnapshotAttribute', 'EnableSnapshotBlockPublicAccess', 'DisableSnapshotBlockPublicAccess'],

  touched(call): Touched | undefined {
    if (call.eventName === 'ModifySnapshotAttribute') {
      const id = call.requestParameters?.snapshotId;
      return isText(id) && !onlyRemoves(call) ? { ids: [id] } : undefined;
    }
    return blocksAllSharing(call) ? undefined : { everyOne: 'in-region' };
  },
};

/** Whether the event tells what the call changed of the list, and that it added nobody. */
function onlyRemoves({ requestParameters }: TrailCall): boolean {
  const change = requestParameters?.createVolumePermission;
  return isFields(change) && Object.keys(change).length > 0 && Object.keys(change).every(isRemoval);
}

function isRemoval(key: string): boolean {
  return key === 'remove';
}

/** Whether the call turned on the strictest setting: what was open by the setting before is not any more. */
function blocksAllSharing({ eventName, requestParameters = {} }: TrailCall): boolean {
  if (eventName !== 'EnableSnapshotBlockPublicAccess') return false;
  const { State: state } = requestOf(requestParameters);
  return state === 'block-all-sharing';
}

/** Newer operations of EC2 are recorded with their parameters under the name of their request. */
function requestOf(parameters: Fields): Fields {
  const request = parameters.EnableSnapshotBlockPublicAccessRequest;
  return isFields(request) ? request : {};
}
