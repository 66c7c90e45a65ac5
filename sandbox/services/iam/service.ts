import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { observe } from './observe';
import { policy } from './policy';
import { protocol } from './protocol';

/** AWS IAM: roles and their policies. */
export const iam: Service = { name: 'iam', protocol, needs, policy, observe, resourceTypes };
