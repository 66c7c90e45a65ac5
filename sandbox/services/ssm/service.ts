import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { quirks } from './quirks';
import { trail } from './trail';

/** AWS Systems Manager: its parameters, and with whom its documents are shared. */
export const ssm: Service = { name: 'ssm', needs, quirks, trail, resourceTypes };
