import * as z from 'zod';
import { mostFixesPerHour } from '../../core/order';
import { defaultConcurrency, leastConcurrency, mostConcurrency } from '../concurrency';
import { countingNumber, emptyAs, section } from './parts';

/** How many fixes an hour there may be, unless the policy says otherwise. */
export const defaultFixesPerHour = { account: 20, organization: 100 };
/** How many fixes an hour may fail without a change in one account, unless the policy says otherwise. */
const defaultFailuresPerHour = 10;
/** More would be no limit. */
const mostFailuresPerHour = 1_000;
/** How many findings of one account may be open and looked at, unless the policy says otherwise. */
const defaultOpenFindings = 500;
/** They are counted for each new finding of the account: so many keep that cheap. */
const mostOpenFindings = 5_000;

/** How much Staunch may do. What is over a limit waits. */
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
      failuresPerHour: countingNumber(mostFailuresPerHour, 'failed fixes in one account')
        .default(defaultFailuresPerHour)
        .describe(
          'In one account: how many fixes an hour may fail without having changed anything before further ones there wait.',
        ),
      openFindings: countingNumber(mostOpenFindings, 'open findings of one account')
        .default(defaultOpenFindings)
        .describe(
          'Of one account: how many findings may be open before further ones are only recorded, and looked at when one of the others is closed.',
        ),
      concurrency: countingNumber(
        mostConcurrency,
        "messages at once, each of which takes two of the hub's concurrent executions of Lambda",
        leastConcurrency,
      )
        .default(defaultConcurrency)
        .describe(
          "How many messages the coordinator works on at once. Each takes up to two of the hub account's concurrent executions of Lambda.",
        ),
    },
    section('a section with fixesPerHour, failuresPerHour, openFindings and concurrency'),
  ),
).describe(
  'How much Staunch may change in an hour, how many findings it keeps open, and how many it works on at once.',
);
