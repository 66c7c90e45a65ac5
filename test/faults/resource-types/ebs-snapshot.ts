import { control } from '../../../controls/ebs-snapshot-public';
import { snapshotAdapter } from '../../../resources/ebs-snapshot/adapter';
import { sharedByEc2 } from './ec2-shares';

/** EBS snapshots: share lists with everybody and accounts. */
export const ebsSnapshot = sharedByEc2({
  name: 'snapshot',
  id: 'snap-0123456789abcdef0',
  control,
  adapter: snapshotAdapter(),
  itemsOf: (aws) => aws.ec2.snapshots,
  named: [{ UserId: '888888888888' }],
});
