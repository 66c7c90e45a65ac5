import type { Service } from '../service';
import { needs } from './needs';
import { observe } from './observe';
import { protocol } from './protocol';
import { quirks } from './quirks';
import { trail } from './trail';

/** Amazon EC2: security groups, what is shared of snapshots and images, and which Regions there are. */
export const ec2: Service = { name: 'ec2', protocol, needs, observe, quirks, trail };
