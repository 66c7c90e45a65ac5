import * as z from 'zod';
import { target } from './keys';
import { countingNumber, emptyAs, listOrNothing, section } from './parts';

/**
 * So many stack instances an administrator may have in work at once in a Region:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const mostAccountsAtOnce = 10_000;

/** In what waves a deployment goes through the accounts. */
export const rollout = emptyAs(
  {},
  z.strictObject(
    {
      pilot: listOrNothing(target, 'organizational units and accounts').describe(
        'The units, by id or path, and accounts, by id in quotes, that are deployed to first.',
      ),
      accountsAtOnce: countingNumber(mostAccountsAtOnce, 'accounts at once')
        .optional()
        .describe('How many accounts are deployed to at the same time. All when left out.'),
    },
    section('a section with pilot and accountsAtOnce'),
  ),
).describe('In what waves a deployment goes through the accounts.');
