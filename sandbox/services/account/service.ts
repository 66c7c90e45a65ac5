import type { Service } from '../service';
import { needs } from './needs';
import { protocol } from './protocol';
import { quirks } from './quirks';

/** AWS Account Management: which Regions an account has opted in to. */
export const account: Service = { name: 'account', protocol, needs, quirks };
