import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Json } from '../../core/json';
import type { Reading } from '../kit/live-resource';
import type { ShareAccess } from '../kit/share-list/adapter';
import { inOrder } from '../kit/share-list/ec2-shared';
import { saidByTags } from '../kit/tags';
import { describeImage, getBlock, getPermissions } from './calls';
import { type Ami, amiFromApi } from './model';

/**
 * Reads everything that decides who may launch an AMI, and until when its tag says that it is exempt.
 * @returns `gone` when the account owns no such AMI
 * @throws ResourceInputError when AWS answers what nobody here understands
 */
export async function readAmi(access: ShareAccess<EC2Client>): Promise<Reading<Ami> | 'gone'> {
  const [image, permissions, block] = await Promise.all([
    describeImage(access),
    getPermissions(access),
    getBlock(access),
  ]);
  if (image === 'gone' || permissions === 'gone') return 'gone';
  const { ImageId = access.id, OwnerId, CreationDate, Tags } = image;
  const answered = { ImageId, OwnerId, CreationDate, LaunchPermissions: inOrder(permissions), ...block };
  // What the SDK answers here is JSON but for undefined values.
  const before = JSON.parse(JSON.stringify(answered)) as Json;
  return { resource: amiFromApi(before), before, ...saidByTags(Tags) };
}
