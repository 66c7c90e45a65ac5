import { isText } from '../kit/input';
import { addsNobody, requestOf } from '../kit/share-list/ec2-trail';
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
      return isText(id) && !addsNobody(call, 'createVolumePermission') ? { ids: [id] } : undefined;
    }
    // Under the strictest setting nothing is open; another one opens what a stricter one before kept shut.
    const isStrictest =
      call.eventName === 'EnableSnapshotBlockPublicAccess' && requestOf(call).State === 'block-all-sharing';
    return isStrictest ? undefined : { everyOne: 'in-region' };
  },
};
