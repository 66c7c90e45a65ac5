import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { observe } from './observe';
import { policy } from './policy';
import { protocol } from './protocol';
import { quirks } from './quirks';
import { trail } from './trail';

/** Amazon SNS. */
export const sns: Service = { name: 'sns', protocol, needs, policy, observe, quirks, trail, resourceTypes };
