import type { EventLog } from '../events';
import type { ApiAnswer, ApiCall } from '../gateway/api';
import type { Learned } from '../gateway/learned';
import type { MotoConnection } from '../gateway/moto-connection';
import { observeDynamodb } from './dynamodb/observe';
import { observeIam } from './iam/observe';
import { observeResourcePolicies } from './kms/observe';
import { observeOrganizations } from './organizations/observe';
import { observeS3, observeS3Control } from './s3/observe';

/**
 * Learns from a call that succeeded.
 * @throws UnsupportedError when the call sets something that the gateway would have to enforce and cannot.
 */
export async function observe(
  call: ApiCall,
  answer: ApiAnswer,
  learned: Learned,
  moto: MotoConnection,
  events: EventLog,
): Promise<void> {
  switch (call.service) {
    case 'dynamodb':
      observeDynamodb(call, learned);
      return;
    case 'iam':
      return observeIam(call, answer, learned, moto);
    case 'organizations':
      observeOrganizations(call, answer, learned, events);
      return;
    case 's3':
      observeS3(call, learned);
      return;
    case 's3-control':
      observeS3Control(call, learned);
      return;
    default:
      observeResourcePolicies(call, answer, learned);
      return;
  }
}
