import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { policy } from './policy';
import { protocol } from './protocol';

/** AWS Lambda. */
export const lambda: Service = { name: 'lambda', protocol, needs, policy, resourceTypes };
