import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { observe } from './observe';
import { policy } from './policy';

/** AWS KMS. */
export const kms: Service = { name: 'kms', needs, policy, observe, resourceTypes };
