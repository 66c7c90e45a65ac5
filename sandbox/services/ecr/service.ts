import type { Service } from '../service';
import { needs } from './needs';
import { observe } from './observe';
import { policy } from './policy';
import { protocol } from './protocol';
import { quirks } from './quirks';
import { trail } from './trail';

/** Amazon ECR. */
export const ecr: Service = { name: 'ecr', protocol, needs, policy, observe, quirks, trail };
