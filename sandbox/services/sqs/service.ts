import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { observe } from './observe';
import { policy } from './policy';
import { protocol } from './protocol';
import { trail } from './trail';

/** Amazon SQS. */
export const sqs: Service = { name: 'sqs', protocol, needs, policy, observe, trail, resourceTypes };
