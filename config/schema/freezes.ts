import * as z from 'zod';
import { beginOf, endOf } from '../expiry';
import { accountKey, unitKey } from './keys';
import { emptyAs, list, section, words } from './parts';

const orDateTime = 'or date and time with their offset, like 2026-12-19T18:00:00Z; from 2000 to 2099.';
const fromRight = `when the freeze begins: a date, which is the start of that day in UTC, like 2026-12-19, ${orDateTime}`;
const toRight = `when the freeze ends: a date, which is the end of that day in UTC, like 2027-01-06, ${orDateTime}`;

/** A date, or date and time; both as it is said and as the moment it means. */
function moment(read: (said: string) => Date | undefined, error: string) {
  return z
    .string({ error })
    .regex(/^20\d{2}-\d{2}-\d{2}(?:T.+)?$/, { error })
    .transform((said, { issues }) => {
      const at = read(said);
      if (at) return { said, at };
      issues.push({ code: 'custom', input: said, message: error });
      return z.NEVER;
    });
}

/** One freeze, as the file says it. What lies between its keys is checked elsewhere. */
const freeze = z.strictObject(
  {
    from: moment(beginOf, fromRight).describe(
      'A date (from the start of that day, UTC), or date and time with their offset.',
    ),
    to: moment(endOf, toRight).describe(
      'A date (to the end of that day, UTC), or date and time with their offset.',
    ),
    reason: words(300, 'why nothing may be changed meanwhile, in a sentence.').describe(
      'Why nothing may be changed meanwhile.',
    ),
    organizationalUnits: list(unitKey, 'organizational units')
      .optional()
      .describe(
        'By id or path, with everything nested inside. The whole organization without this and accounts.',
      ),
    accounts: list(accountKey, 'accounts')
      .optional()
      .describe('By id, in quotes, or by name. The whole organization without this and organizationalUnits.'),
  },
  section('a freeze has from, to and reason, and may have organizationalUnits and accounts'),
);

/** Times in which nothing is fixed. */
export const freezes = emptyAs(
  [],
  z.array(freeze, { error: 'a list of freezes, each after "- ".' }),
).describe('Times in which nothing is fixed, in some accounts or in all. What is found is held until after.');

/** A freeze is at most so long. */
export const mostFreezeDays = 92;
