import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { observe } from './observe';
import { policy } from './policy';
import { quirks } from './quirks';
import { trail } from './trail';

/** AWS KMS. */
export const kms: Service = { name: 'kms', needs, policy, observe, quirks, trail, resourceTypes };
