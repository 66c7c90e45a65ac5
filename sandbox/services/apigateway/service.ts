import type { Service } from '../service';
import { resourceTypes } from './deploy';

/** Amazon API Gateway: REST APIs whose methods IAM guards, or nobody, and a function answers. */
export const apigateway: Service = { name: 'apigateway', resourceTypes };
