import type { Service } from '../service';
import { needs } from './needs';
import { protocol } from './protocol';
import { trail } from './trail';

/** Amazon RDS, and with it Neptune and DocumentDB: what is shared of snapshots. */
export const rds: Service = { name: 'rds', protocol, needs, trail };
