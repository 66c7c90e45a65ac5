import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { protocol } from './protocol';

/** Amazon EventBridge. */
export const events: Service = { name: 'events', protocol, needs, resourceTypes };
