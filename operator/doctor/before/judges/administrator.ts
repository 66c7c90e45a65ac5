import { callsIn } from '../../cure';
import type { Check } from '../../verdict';
import type { BeforeFacts } from '../facts';
import { stackSetsPrincipal } from './trusted-access';
import { unread } from './unread';

const check = 'delegated administrator';

/**
 * Whether the hub administers stack sets for the organization.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
 */
export const administrator: Check<BeforeFacts> = {
  name: check,
  judge({ administrators, managementAccount, hub }) {
    if ('unread' in administrators) return [unread(check, managementAccount, administrators.unread)];
    if (administrators.read.has(hub.account))
      return [{ check, condition: 'well', text: 'The hub administers stack sets for the organization.' }];
    return [
      {
        check,
        condition: 'not well',
        text: 'The hub does not administer stack sets for the organization.',
        cure: callsIn(managementAccount, [
          {
            service: 'organizations',
            operation: 'RegisterDelegatedAdministrator',
            input: { AccountId: hub.account, ServicePrincipal: stackSetsPrincipal },
          },
        ]),
      },
    ];
  },
};
