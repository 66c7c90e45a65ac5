import type { Service } from '../service';
import { needs } from './needs';
import { quirks } from './quirks';

/** CloudTrail's event history. */
export const cloudtrail: Service = { name: 'cloudtrail', needs, quirks };
