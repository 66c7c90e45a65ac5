import * as z from 'zod';
import { countingNumber, emptyAs, section } from './parts';

/** How many fixes an hour there may be, unless the policy says otherwise. */
export const defaultFixesPerHour = { account: 20, organization: 100 };
/** So many fit into the one item of the ledger that counts them. */
const mostFixesPerHour = 5_000;

/** How much Staunch may do in an hour. What is over a limit waits. */
export const limits = emptyAs(
  {},
  z.strictObject(
    {
      fixesPerHour: emptyAs(
        {},
        z.strictObject(
          {
            account: countingNumber(mostFixesPerHour, 'fixes in one account')
              .default(defaultFixesPerHour.account)
              .describe(
                'In one account. Less than organization, so that one account cannot use up what is there for all.',
              ),
            organization: countingNumber(mostFixesPerHour, 'fixes in all accounts together')
              .default(defaultFixesPerHour.organization)
              .describe('In all accounts together.'),
          },
          section('a section with account and organization'),
        ),
      ).describe('How many fixes an hour; what is over it waits, and nothing is lost.'),
    },
    section('a section with fixesPerHour'),
  ),
).describe('How much Staunch may change in an hour.');
