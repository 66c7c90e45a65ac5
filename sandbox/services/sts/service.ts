import type { Service } from '../service';
import { protocol } from './protocol';
import { quirks } from './quirks';

/** AWS STS. */
export const sts: Service = { name: 'sts', protocol, quirks };
