import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { protocol } from './protocol';

/** AWS CloudFormation, as a template of it may name its resources; the engine is in `sandbox/cloudformation`. */
export const cloudformation: Service = { name: 'cloudformation', protocol, resourceTypes };
