import * as z from 'zod';
import { defaultThaw } from '../thaw';
import { countingNumber, emptyAs, section } from './parts';

/** A thousand at once would surprise anybody. */
const mostUnattended = 1_000;

/** How much backlog is fixed by itself. */
export const thaw = emptyAs(
  {},
  z.strictObject(
    {
      account: countingNumber(mostUnattended, 'fixes of backlog in one account', 0)
        .default(defaultThaw.account)
        .describe('In one account.'),
      organization: countingNumber(mostUnattended, 'fixes of backlog in all accounts together', 0)
        .default(defaultThaw.organization)
        .describe('In all accounts together.'),
    },
    section('a section with account and organization'),
  ),
).describe(
  'How many fixes of backlog are made within a day without a person; more of them are frozen until a person thaws the list.',
);
