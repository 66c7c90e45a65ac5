import type {
  DescribeImageAttributeCommandInput,
  DescribeImagesCommandInput,
  ModifyImageAttributeCommandInput,
} from '@aws-sdk/client-ec2';
import type { Ec2Permission } from '../../../../resources/kit/share-list/ec2-permissions';
import type { Authorization } from '../authorization';
import type { Caller, Commands } from '../commands';
import { pageOf } from '../page';
import { SharedItems } from './shared-items';

/** AMIs in memory, as EC2 answers the calls that read and change with whom they are shared. */
export class Images extends SharedItems {
  constructor(authorization: Authorization) {
    const blocking = ['block-new-sharing'];
    super({ noun: 'image', missing: 'InvalidAMIID.NotFound', blocking }, authorization);
  }

  /** What a client of EC2 sends about them. */
  readonly commands: Commands = {
    DescribeImages: (input: DescribeImagesCommandInput, caller: Caller) => {
      const accountId = this.checkList(caller, 'ec2:DescribeImages');
      if (input.Owners?.join() !== 'self')
        throw new Error("The in-memory EC2 describes an account's own images.");
      const { ImageIds: wanted, MaxResults, NextToken } = input;
      const ids = this.idsIn(accountId, caller.region).filter((id) => wanted?.includes(id) ?? true);
      const { page, next } = pageOf(ids, NextToken, MaxResults ?? ids.length);
      return {
        ...(next && { NextToken: next }),
        Images: page.map((ImageId) => {
          const item = this.get(ImageId);
          const Tags = item?.tags.map((tag) => ({ ...tag }));
          const CreationDate = item?.createdAt;
          return { ImageId, OwnerId: item?.accountId, CreationDate, Public: this.isPublic(ImageId), Tags };
        }),
      };
    },
    DescribeImageAttribute: (input: DescribeImageAttributeCommandInput, caller: Caller) => {
      const { ImageId = '' } = input;
      const { permissions } = this.reached(ImageId, caller, 'ec2:DescribeImageAttribute');
      return { ImageId, LaunchPermissions: permissions.map((permission) => ({ ...permission })) };
    },
    GetImageBlockPublicAccessState: (_input: object, caller: Caller) => {
      const accountId = this.checkList(caller, 'ec2:GetImageBlockPublicAccessState');
      const ImageBlockPublicAccessState = this.blockOf(accountId, caller.region);
      return { ImageBlockPublicAccessState, ManagedBy: 'account' };
    },
    ModifyImageAttribute: (input: ModifyImageAttributeCommandInput, caller: Caller) => {
      const { ImageId = '', LaunchPermission: { Add = [], Remove = [] } = {} } = input;
      this.reached(ImageId, caller, 'ec2:ModifyImageAttribute');
      this.modify(ImageId, Add as Ec2Permission[], Remove as Ec2Permission[]);
      return {};
    },
  };
}
