import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';

/** AWS Config. */
export const config: Service = { name: 'config', needs, resourceTypes };
