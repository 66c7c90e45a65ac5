import { isFields } from '../kit/input';
import type { Touched, TrailEvents } from '../kit/trail-events';
import { keyIdIn } from './ids';

/**
 * What CloudTrail records of calls about the policies of keys. A replica in another Region is made by ReplicateKey, of which that Region's
 * trail has a CreateKey of its own:
 * https://docs.aws.amazon.com/kms/latest/developerguide/ct-put-key-policy.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/ct-replicate-key.html
 */
export const keyTrail: TrailEvents = {
  source: 'kms.amazonaws.com',
  names: ['CreateKey', 'PutKeyPolicy', 'ScheduleKeyDeletion'],
  opening: ['CreateKey', 'PutKeyPolicy'],

  touched({ requestParameters, responseElements }): Touched | undefined {
    const metadata = responseElements?.keyMetadata;
    const named = [requestParameters?.keyId, responseElements?.keyId, isFields(metadata) && metadata.keyId];
    const [id] = named.flatMap((one) => keyIdIn(one) ?? []);
    return id === undefined ? { everyOne: 'in-region' } : { ids: [id] };
  },
};
