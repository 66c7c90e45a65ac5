import * as z from 'zod';
import { endOf } from '../expiry';
import { accountKey, controlId, region, unitKey } from './keys';
import { countingNumber, emptyAs, list, section, words } from './parts';

const expiresRight =
  'write a date, which holds to the end of that day in UTC, like 2027-03-01, or date and time with their offset, like 2027-03-01T17:00:00Z.';
const resourceRight = "the resource's id, like sg-0123456789abcdef0; * stands for any characters.";

/** One exemption, as the file says it. What lies between its keys is checked elsewhere. */
const exemption = z.strictObject(
  {
    control: controlId.describe('The control that leaves the resource alone.'),
    account: accountKey
      .optional()
      .describe('By id, in quotes, or by name. Either this or organizationalUnit.'),
    organizationalUnit: unitKey
      .optional()
      .describe('By id or path, with everything nested inside. Either this or account.'),
    resource: z
      .string({ error: resourceRight })
      .regex(/^[!-~]{1,256}$/, { error: resourceRight })
      .describe("The resource's id, in whole; * stands for any characters."),
    region: region.optional().describe('One Region only; every Region when left out.'),
    reason: words(300, 'why this is not dangerous, in a sentence.').describe('Why this is not dangerous.'),
    owner: words(100, 'who answers for it: a team or a person.').describe('Who answers for it.'),
    expires: z
      .string({ error: expiresRight })
      .regex(/^\d{4}-\d{2}-\d{2}(?:T.+)?$/, { error: expiresRight, abort: true })
      .refine((expires) => endOf(expires) !== undefined, { error: expiresRight })
      .describe('A date (to the end of that day, UTC), or date and time with their offset.'),
  },
  section('an exemption has control, account or organizationalUnit, resource, reason, owner and expires'),
);

/** Resources that are left alone. */
export const exemptions = emptyAs(
  [],
  z.array(exemption, { error: 'a list of exemptions, each after "- ".' }),
).describe('Resources that a control leaves alone, each for a time, for a reason, and with an owner.');

/** An exemption ends within a year, unless the policy says otherwise. */
export const defaultMaximumDays = 365;
const mostDays = 3650;

/** What exemptions have to keep to. */
export const exemptionRules = emptyAs(
  {},
  z.strictObject(
    {
      maximumDays: countingNumber(mostDays, 'how many days ahead an exemption may end')
        .default(defaultMaximumDays)
        .describe('How many days ahead an exemption may end.'),
      byTag: z
        .strictObject(
          {
            organizationalUnits: list(unitKey, 'organizational units').describe(
              'Where tags exempt, by id or path, with everything nested inside.',
            ),
            maximumDays: countingNumber(mostDays, 'how many days a tag may exempt').describe(
              'How many days a tag may exempt.',
            ),
          },
          section('a section with organizationalUnits and maximumDays'),
        )
        .optional()
        .describe(
          'Where the tag staunch:exempt-until exempts a resource. Whoever can write tags can use it. Nowhere when left out.',
        ),
    },
    section('a section with maximumDays and byTag'),
  ),
).describe('What exemptions have to keep to.');

/** What the file says of one exemption. */
export type SaidExemption = z.output<typeof exemption>;
