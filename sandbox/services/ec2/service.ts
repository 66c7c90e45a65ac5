import type { Service } from '../service';
import { needs } from './needs';
import { protocol } from './protocol';
import { quirks } from './quirks';
import { trail } from './trail';

/** Amazon EC2: security groups, and which Regions there are. */
export const ec2: Service = { name: 'ec2', protocol, needs, quirks, trail };
