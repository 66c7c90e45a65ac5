import type { Service } from '../service';
import { needs } from './needs';
import { observe } from './observe';
import { protocol } from './protocol';
import { quirks } from './quirks';

/** AWS Organizations. */
export const organizations: Service = { name: 'organizations', protocol, needs, observe, quirks };
