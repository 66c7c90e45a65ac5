import * as z from 'zod';
import { minutes } from './duration';
import { emptyAs, section } from './parts';

const defaultExpire = '24h';

/** What approvals have to keep to. */
export const approvals = emptyAs(
  {},
  z.strictObject(
    {
      expire: minutes('how long an approval counts', { least: '5m', most: '30d', like: defaultExpire })
        .prefault(defaultExpire)
        .describe('How long an approval counts before the fix is made: 30m, 24h, 7d.'),
    },
    section('a section with expire'),
  ),
).describe('What approvals have to keep to.');
