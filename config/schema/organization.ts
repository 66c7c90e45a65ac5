import * as z from 'zod';
import { organizationIdPattern } from '../formats';
import { alarmSubscriber } from './alarm-subscriber';
import { approvals } from './approvals';
import { exemptionRules, exemptions } from './exemptions';
import { freezes } from './freezes';
import { accountId, newBucketName, region, target } from './keys';
import { autoResponse } from './levels';
import { limits } from './limits';
import { list, listOrNothing, section, text } from './parts';
import { patrol } from './patrol';
import { breakGlass, people, twoPersons } from './people';
import { recorder } from './recorder';
import { retention } from './retention';
import { rollout } from './rollout';
import { slack } from './slack';
import { thaw } from './thaw';

/**
 * The policy file, key by key. It says nothing of positions, and no default switches anything on.
 * `docs/policy.md` explains each key.
 */
export const organizationSchema = z.strictObject(
  {
    organization: z
      .strictObject(
        {
          id: text(organizationIdPattern, 'an organization id is written like o-abcde12345.').describe(
            "The organization's id.",
          ),
          managementAccount: accountId.describe('The id of its management account, in quotes.'),
        },
        section('a section with id and managementAccount'),
      )
      .describe('The AWS organization.'),
    hub: z
      .strictObject(
        {
          account: accountId.describe('The id of the account, in quotes.'),
          region: region.describe('One of the regions below.'),
          deliveryBucket: newBucketName
            .optional()
            .describe(
              "The bucket to which the members' AWS Config delivers its history; staunch-config- and the hub's account id when left out.",
            ),
          alarms: list(alarmSubscriber, 'e-mail addresses and https URLs')
            .optional()
            .describe(
              'Who receives alarms: e-mail addresses, and URLs that begin with https. No one when left out.',
            ),
        },
        section('a section with account and region'),
      )
      .describe('The account that decides: a member account, best one that only security uses.'),
    regions: list(region, 'Regions')
      .optional()
      .describe("The Regions in which accounts are watched. The hub's alone when left out."),
    targets: list(target, 'organizational units and accounts').describe(
      'What is watched: organizational units, by id or path, with everything nested inside; the root; and accounts, by id in quotes.',
    ),
    exclude: listOrNothing(target, 'organizational units and accounts').describe(
      'What of the targets is not watched: organizational units and accounts, as in targets.',
    ),
    recorder,
    rollout,
    autoResponse,
    approvals,
    exemptions,
    exemptionRules,
    freezes,
    limits,
    lossy: z
      .enum(['wait', 'apply'], { error: 'what becomes of a lossy plan is wait or apply.' })
      .default('wait')
      .describe(
        'What becomes, under on, of a fix that also takes something harmless: it waits, or it is applied.',
      ),
    patrol,
    people,
    twoPersons,
    breakGlass,
    retention,
    thaw,
    slack,
    securityHub: z
      .boolean({ error: 'whether findings are imported into AWS Security Hub: true or false.' })
      .default(false)
      .describe("Whether findings are imported into the hub's AWS Security Hub."),
  },
  section('the policy has the keys organization, hub, regions, targets, autoResponse, lossy and slack'),
);

/** What the policy says, without where it says it. */
export type OrganizationSettings = z.output<typeof organizationSchema>;
