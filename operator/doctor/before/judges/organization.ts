import { callsIn } from '../../cure';
import type { Check, Verdict } from '../../verdict';
import type { BeforeFacts } from '../facts';
import { unread } from './unread';

const check = 'organization';

/** Whether the organization has all features, and the hub's account is a member of it. */
export const organization: Check<BeforeFacts> = {
  name: check,
  judge: (facts) => [featuresOf(facts), membershipOf(facts)],
};

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_org_support-all-features.html */
function featuresOf({ allFeatures, managementAccount }: BeforeFacts): Verdict {
  if ('unread' in allFeatures) return unread(check, managementAccount, allFeatures.unread);
  if (allFeatures.read) return { check, condition: 'well', text: 'The organization has all features.' };
  return {
    check,
    condition: 'not well',
    text: 'The organization has consolidated billing alone.',
    cure: callsIn(
      managementAccount,
      [{ service: 'organizations', operation: 'EnableAllFeatures', input: {} }],
      'It is irreversible, and every account that was invited has to accept it.',
    ),
  };
}

function membershipOf({ hub, hubIsMember, managementAccount }: BeforeFacts): Verdict {
  const accountId = hub.account;
  if (hubIsMember) return { check, accountId, condition: 'well', text: 'The hub is in the organization.' };
  return {
    check,
    accountId,
    condition: 'not well',
    text: "The hub's account is not in the organization.",
    cure: callsIn(
      managementAccount,
      [
        {
          service: 'organizations',
          operation: 'InviteAccountToOrganization',
          input: { Target: { Type: 'ACCOUNT', Id: accountId } },
        },
      ],
      'Or name another account as hub.account in the policy.',
    ),
  };
}
