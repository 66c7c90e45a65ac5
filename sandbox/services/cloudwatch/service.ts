import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { protocol } from './protocol';

/** Amazon CloudWatch. */
export const cloudwatch: Service = { name: 'cloudwatch', protocol, needs, resourceTypes };
