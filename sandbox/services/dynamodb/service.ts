import type { Service } from '../service';
import { resourceTypes } from './deploy';
import { needs } from './needs';
import { observe } from './observe';
import { policy } from './policy';

/** Amazon DynamoDB. */
export const dynamodb: Service = { name: 'dynamodb', needs, policy, observe, resourceTypes };
