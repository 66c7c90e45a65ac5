import { DescribeImagesCommand, EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { walkConfiguration } from '../kit/client-configuration';
import { shareOfPermissions } from '../kit/share-list/ec2-permissions';
import { blockOf } from '../kit/share-list/ec2-shared';
import { sharedWithNobody } from '../kit/share-list/shared-resource';
import { someLookAtNamed } from '../kit/share-list/trusted';
import { type TypeWalk, walkEach } from '../kit/walk';
import { getBlock, getPermissions } from './calls';
import { type Ami, amiNames } from './model';

/** From 5 to 1,000: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html */
const imagesInPage = 500;

/**
 * Walks AMIs. The list says of each whether it is shared with everybody; its share list takes a call of its own, and is read only where
 * the policy says which accounts and organizations it trusts.
 * @param overrides of the EC2 client's configuration
 */
export function amiWalk(overrides: EC2ClientConfig = {}): TypeWalk<Ami> {
  return {
    resourceType: 'AWS::EC2::Image',
    open({ place: { accountId, region }, credentials, signal, parameterSets = [] }) {
      const client = new EC2Client({ ...walkConfiguration(region, credentials), ...overrides });
      const reads = { client, signal };
      const readsEach = someLookAtNamed(parameterSets);
      let setting: ReturnType<typeof getBlock> | undefined;
      return {
        async page(token) {
          const { Images = [], NextToken } = await client.send(
            new DescribeImagesCommand({
              Owners: ['self'],
              MaxResults: imagesInPage,
              ...(token && { NextToken: token }),
            }),
            { abortSignal: signal },
          );
          setting ??= getBlock(reads);
          const blocked = blockOf((await setting).ImageBlockPublicAccessState, amiNames);
          const byId = new Map(Images.flatMap((image) => (image.ImageId ? [[image.ImageId, image]] : [])));
          const walked = await walkEach([...byId.keys()], async (id): Promise<Ami | 'gone'> => {
            const common = { id, accountId, blocked };
            if (!readsEach) {
              const share = { ...sharedWithNobody, everybody: byId.get(id)?.Public === true };
              return { ...common, share, unread: 'named' };
            }
            const permissions = await getPermissions({ ...reads, id });
            if (permissions === 'gone') return 'gone';
            return { ...common, share: shareOfPermissions(permissions, 'LaunchPermissions') };
          });
          return { walked, isBlocked: blocked !== 'none', ...(NextToken && { next: NextToken }) };
        },
        close: () => client.destroy(),
      };
    },
  };
}
