import * as z from 'zod';
import { days } from './duration';
import { emptyAs, section } from './parts';

const bounds = { least: '30d', most: '3650d', like: '365d' };
const defaultKept = '365d';

/** How long the ledger keeps what is closed. */
export const retention = emptyAs(
  {},
  z.strictObject(
    {
      findings: days('how long a closed finding is kept', bounds)
        .prefault(defaultKept)
        .describe('How long a finding is kept after it was closed: 365d.'),
      undo: days('how long a fix can be undone', bounds)
        .prefault(defaultKept)
        .describe(
          'How long what was fixed can be undone: its finding and saved states are kept for the longer of findings and undo.',
        ),
    },
    section('a section with findings and undo'),
  ),
).describe('How long the ledger keeps what is closed.');
