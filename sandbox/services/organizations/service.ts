import type { Service } from '../service';
import { needs } from './needs';
import { observe } from './observe';
import { policy } from './policy';
import { protocol } from './protocol';
import { quirks } from './quirks';

/** AWS Organizations. */
export const organizations: Service = { name: 'organizations', protocol, needs, policy, observe, quirks };
