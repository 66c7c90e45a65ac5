import type { Service } from '../service';
import { needs } from './needs';
import { observe } from './observe';
import { quirks } from './quirks';

/** CloudTrail: trails, those of the organization too, and the event history. */
export const cloudtrail: Service = { name: 'cloudtrail', needs, observe, quirks };
