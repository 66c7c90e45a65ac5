import type { Service } from '../service';
import { needs } from './needs';
import { observe } from './observe';
import { protocol } from './protocol';
import { quirks } from './quirks';
import { trail } from './trail';

/** S3 Control: the account's own settings of S3. */
export const s3Control: Service = { name: 's3-control', protocol, needs, observe, quirks, trail };
