import {
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  type EC2Client,
  GetImageBlockPublicAccessStateCommand,
  type Image,
  ModifyImageAttributeCommand,
} from '@aws-sdk/client-ec2';
import { asWrite, orWhenMissing } from '../kit/aws-error';
import type { ShareAccess, ShareReads } from '../kit/share-list/adapter';
import { permissionOf, shareOfPermissions } from '../kit/share-list/ec2-permissions';
import type { ShareCalls } from '../kit/share-list/share-calls';
import type { Sharee } from '../kit/share-list/shared-resource';

/** One AMI, and a session's client. */
type AmiReads = ShareReads<EC2Client> & Pick<ShareAccess<EC2Client>, 'id'>;

/**
 * The codes by which EC2 says that there is no such AMI, any more or at all:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const missing = ['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'];

/**
 * What EC2 answers to a change that it will never take as it is: under a block, of an image that is encrypted or disabled, for an account
 * or an organization that there is not any more.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const refusals = [
  'OperationNotPermitted',
  'InvalidAMIAttributeItemValue',
  'InvalidParameter',
  'InvalidParameterValue',
  'InvalidParameterCombination',
];

/**
 * The AMI, where the account owns it; `gone` where it owns no such AMI: of others' public ones EC2 would tell too. One that is disabled
 * is not listed, and nobody can launch it.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html
 */
export async function describeImage({ client, id, signal: abortSignal }: AmiReads): Promise<Image | 'gone'> {
  const described = client.send(new DescribeImagesCommand({ ImageIds: [id], Owners: ['self'] }), {
    abortSignal,
  });
  const { Images: images = [] } = await orWhenMissing(described, missing, { Images: [] });
  return images[0] ?? 'gone';
}

/** With whom an AMI is shared, as EC2 answers it; `gone` where there is no such AMI. */
export async function getPermissions({ client, id: ImageId, signal: abortSignal }: AmiReads) {
  const described = client.send(
    new DescribeImageAttributeCommand({ ImageId, Attribute: 'launchPermission' }),
    { abortSignal },
  );
  const answer = await orWhenMissing(described, missing, 'gone' as const);
  return answer === 'gone' ? answer : (answer.LaunchPermissions ?? []);
}

/** What the account's setting in the Region says: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageBlockPublicAccessState.html */
export async function getBlock({ client, signal: abortSignal }: ShareReads<EC2Client>) {
  const { ImageBlockPublicAccessState } = await client.send(new GetImageBlockPublicAccessStateCommand({}), {
    abortSignal,
  });
  return { ImageBlockPublicAccessState };
}

/** The calls of one AMI's share list. */
export function amiShareCalls(access: ShareAccess<EC2Client>): ShareCalls {
  return {
    async read() {
      const permissions = await getPermissions(access);
      return permissions === 'gone' ? 'gone' : shareOfPermissions(permissions, 'LaunchPermissions');
    },
    remove: (sharees) => modify(access, 'Remove', sharees),
    add: (sharees) => modify(access, 'Add', sharees),
    // AWS names no limit of one call; its requests are limited in size.
    perCall: 100,
    refusals,
    missing,
  };
}

async function modify(
  { client, id: ImageId, signal: abortSignal, mayWrite }: ShareAccess<EC2Client>,
  change: 'Add' | 'Remove',
  sharees: readonly Sharee[],
): Promise<void> {
  const command = new ModifyImageAttributeCommand({
    ImageId,
    Attribute: 'launchPermission',
    LaunchPermission: { [change]: sharees.map(permissionOf) },
  });
  await mayWrite();
  await asWrite(client.send(command, { abortSignal }));
}
