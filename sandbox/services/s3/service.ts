import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { observe } from './observe';
import { policy } from './policy';
import { protocol } from './protocol';
import { quirks } from './quirks';
import { trail } from './trail';

/** Amazon S3. */
export const s3: Service = { name: 's3', protocol, needs, policy, observe, quirks, trail, resourceTypes };
