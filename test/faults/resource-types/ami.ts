import { control } from '../../../controls/ami-public';
import { amiAdapter } from '../../../resources/ami/adapter';
import { sharedByEc2 } from './ec2-shares';

/** AMIs: share lists with everybody, accounts and an organization. */
export const ami = sharedByEc2({
  name: 'image',
  id: 'ami-0123456789abcdef0',
  control,
  adapter: amiAdapter(),
  itemsOf: (aws) => aws.ec2.images,
  named: [{ OrganizationArn: 'arn:aws:organizations::111122223333:organization/o-aaaaaaaaaa' }],
});
