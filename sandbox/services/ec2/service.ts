import type { Service } from '../service';
import { needs } from './needs';
import { protocol } from './protocol';
import { trail } from './trail';

/** Amazon EC2: security groups. */
export const ec2: Service = { name: 'ec2', protocol, needs, trail };
