import { notRecorded } from '../kit/not-recorded';
import type { ConfigurationItems } from '../kit/resource-type';
import { type Ec2SharedNames, ec2SharedFromApi } from '../kit/share-list/ec2-shared';
import type { SharedResource } from '../kit/share-list/shared-resource';

/** An AMI, as far as it decides who may launch instances from it. */
export type Ami = SharedResource;

/** AWS Config does not record them. */
export const amiItems: ConfigurationItems<Ami> = notRecorded('AWS::EC2::Image');

/** How EC2 names it. */
export const amiNames: Ec2SharedNames = {
  thing: 'The AMI',
  id: 'ImageId',
  list: 'LaunchPermissions',
  createdAt: 'CreationDate',
  command: 'aws ec2 describe-image-attribute',
  blockIn: ({ ImageBlockPublicAccessState }) => ImageBlockPublicAccessState ?? undefined,
  // What is shared already stays so: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
  blocks: { 'block-new-sharing': 'new', unblocked: 'none' },
};

/**
 * Fills the model from what EC2 answers about an AMI: DescribeImageAttribute's answer, whose `LaunchPermissions` have to be there; beside
 * them what DescribeImages says, and GetImageBlockPublicAccessState's `ImageBlockPublicAccessState`, as far as they are known.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageAttribute.html
 * @throws ResourceInputError when it cannot be understood
 */
export function amiFromApi(answer: unknown): Ami {
  return ec2SharedFromApi(answer, amiNames);
}
