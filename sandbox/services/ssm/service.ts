import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';

/** AWS Systems Manager: its parameters. */
export const ssm: Service = { name: 'ssm', needs, resourceTypes };
