import type { ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { namedArn } from '../needed';

/** The ARN of the secret that a call names by its ARN or its name. */
export function secretArn(call: ApiCall, learned: Learned): string {
  return namedArn(call, learned, call.parameters.SecretId, 'secret:');
}
