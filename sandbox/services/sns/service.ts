import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { observe } from './observe';
import { policy } from './policy';
import { protocol } from './protocol';

/** Amazon SNS. */
export const sns: Service = { name: 'sns', protocol, needs, policy, observe, resourceTypes };
