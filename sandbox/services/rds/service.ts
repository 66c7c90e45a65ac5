import type { Service } from '../service';
import { needs } from './needs';
import { observe } from './observe';
import { protocol } from './protocol';
import { quirks } from './quirks';
import { trail } from './trail';

/** Amazon RDS, and the calls of Aurora, Neptune and DocumentDB that are RDS's: what is shared of snapshots. */
export const rds: Service = { name: 'rds', protocol, needs, observe, quirks, trail };
