import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { protocol } from './protocol';

/** AWS CloudFormation: its API, and what a template may name of it; the engine is in `sandbox/cloudformation`. */
export const cloudformation: Service = { name: 'cloudformation', protocol, needs, resourceTypes };
