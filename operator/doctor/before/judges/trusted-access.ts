import { callsIn } from '../../cure';
import type { Check } from '../../verdict';
import type { BeforeFacts } from '../facts';
import { unread } from './unread';

const check = 'trusted access';

/** The principal of stack sets that work in the whole organization. */
export const stackSetsPrincipal = 'member.org.stacksets.cloudformation.amazonaws.com';

/**
 * Whether StackSets may work in the whole organization.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html
 */
export const trustedAccess: Check<BeforeFacts> = {
  name: check,
  judge({ trusted, managementAccount, hub }) {
    if ('unread' in trusted) return [unread(check, managementAccount, trusted.unread)];
    if (trusted.read.has(stackSetsPrincipal))
      return [{ check, condition: 'well', text: 'StackSets may work in the whole organization.' }];
    return [
      {
        check,
        condition: 'not well',
        text: 'StackSets may not work in the whole organization.',
        cure: callsIn(managementAccount, [
          {
            service: 'cloudformation',
            operation: 'ActivateOrganizationsAccess',
            region: hub.region,
            input: {},
          },
        ]),
      },
    ];
  },
};
