import type { Service } from '../service';
import { needs } from './needs';
import { protocol } from './protocol';

/** AWS Security Hub, as far as findings are imported there. */
export const securityHub: Service = { name: 'securityhub', protocol, needs };
