import * as z from 'zod';
import { rights } from '../../core/right';
import { accountKey, controlId, unitKey } from './keys';
import { list, section } from './parts';
import { glassBreaker, meantInstead, who } from './who';

const right = z.enum(rights, {
  error: ({ input }) => `there is no such right${meantInstead(input, rights)}`,
});

/** One entry, as the file says it. What lies between its keys is checked elsewhere. */
const entry = z.strictObject(
  {
    who: list(who, 'roles, users, persons, owners, and Slack users and groups').describe('Who may.'),
    may: list(right, 'rights').describe('What they may.'),
    where: z
      .strictObject(
        {
          organizationalUnits: list(unitKey, 'organizational units')
            .optional()
            .describe('By id or path, with everything nested inside.'),
          accounts: list(accountKey, 'accounts').optional().describe('By id, in quotes, or by name.'),
          controls: list(controlId, 'controls')
            .optional()
            .describe('Findings of these controls only, and nothing that is not about a finding.'),
        },
        section('a section with organizationalUnits, accounts and controls'),
      )
      .meta({ minProperties: 1 })
      .optional()
      .describe('Where they may. The whole organization when left out.'),
  },
  section('an entry has who and may, and may have where'),
);

/** A key whose entries are all commented out says nothing. An empty list that somebody wrote may be a mistake. */
function orNone<Item extends z.ZodType>(items: Item) {
  return z.preprocess((value) => value ?? undefined, items.optional());
}

/** Who may what, and where. */
export const people = orNone(list(entry, 'entries of people')).describe(
  'Who may give which orders, and where. Nobody, unless named; without any entry, principals of the hub may preview and pause.',
);

const doubled = rights.filter((name) => name !== 'view' && name !== 'preview');

/** The rights that take two. */
export const twoPersons = orNone(
  list(
    z.enum(doubled, {
      error: ({ input }) =>
        input === 'view' || input === 'preview'
          ? `${input} changes nothing, so that no second person is asked; take it out.`
          : `there is no such right${meantInstead(input, doubled)}`,
    }),
    'rights',
  ),
).describe('Rights for which a second person has to give the same order.');

/** Who may approve and undo anything, in an emergency. */
export const breakGlass = orNone(
  list(glassBreaker, 'roles, users, persons, and Slack users and groups'),
).describe('Who may approve and undo anything, with a reason; everybody is told.');

/** What the file says of one entry. */
export type SaidEntry = z.output<typeof entry>;
