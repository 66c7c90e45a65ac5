import * as z from 'zod';
import { minutes } from './duration';
import { emptyAs, section } from './parts';

const defaultEvery = '24h';

/** How often the patrol walks. */
export const patrol = emptyAs(
  {},
  z.strictObject(
    {
      every: minutes('how often every account and Region is patrolled', {
        least: '1h',
        most: '7d',
        like: defaultEvery,
      })
        .prefault(defaultEvery)
        .describe('How often every account and Region is walked: 6h, 24h, 7d.'),
    },
    section('a section with every'),
  ),
).describe('How often the patrol walks.');
