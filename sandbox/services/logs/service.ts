import type { Service } from '../service';
import { resourceTypes } from './deploy';

/** Amazon CloudWatch Logs. */
export const logs: Service = { name: 'logs', resourceTypes };
