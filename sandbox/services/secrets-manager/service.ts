import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { observe } from './observe';
import { policy } from './policy';

/** AWS Secrets Manager. */
export const secretsManager: Service = { name: 'secretsmanager', needs, policy, observe, resourceTypes };
