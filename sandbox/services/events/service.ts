import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { protocol } from './protocol';
import { trail } from './trail';

/** Amazon EventBridge. */
export const events: Service = { name: 'events', protocol, needs, trail, resourceTypes };
