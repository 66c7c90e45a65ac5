import * as z from 'zod';
import { recorderFrequencies, recorderModes, usualRecorder } from '../recorder';
import { accountId, unitKey } from './keys';
import { emptyAs, section } from './parts';

const mode = z
  .enum(recorderModes, { error: 'a recorder is own, existing or none.' })
  .describe(
    "own: Staunch's, for the types that its rules need. existing: somebody else's, which is left untouched. none: no rules; the trail and the patrol alone.",
  );

const modesBy = (key: z.ZodString, what: string, description: string) =>
  emptyAs({}, z.record(key, mode, { error: `${what} and their recorders, one to a line.` })).describe(
    description,
  );

const perPlace = z.strictObject(
  {
    default: mode
      .default(usualRecorder.default)
      .describe('What holds where nothing more specific is said. Own when left out.'),
    frequency: z
      .enum(recorderFrequencies, { error: 'a recorder of its own records continuous or daily.' })
      .default(usualRecorder.frequency)
      .describe("How often Staunch's own recorders record. Continuous when left out."),
    organizationalUnits: modesBy(
      unitKey,
      'organizational units',
      'By id (ou-abcd-11112222) or path (/Workloads/Prod; / is the root). They hold for everything nested inside, too.',
    ),
    accounts: modesBy(accountId, 'accounts', 'By id, in quotes.'),
  },
  section('own, existing or none, or a section with default, frequency, organizationalUnits and accounts'),
);

/** Whose AWS Config recorder stands where; always told in full. */
export const recorder = emptyAs(
  {},
  z
    .union([mode, perPlace])
    .transform((said) => (typeof said === 'string' ? { ...usualRecorder, default: said } : said)),
).describe('Whose AWS Config recorder stands in the accounts. The most specific line decides.');
