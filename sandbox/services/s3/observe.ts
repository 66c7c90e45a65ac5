import { xmlText } from '../../gateway/protocols/xml';
import type { Observe } from '../service';
import { Buckets } from './buckets';
import { publicAccessBlockOf } from './public-access-block';

/** Learns buckets, their owners, policies, block settings and object ownership. */
export const observe: Observe = (call, _answer, { learned }) => {
  const buckets = learned.of(Buckets);
  const { operation, parameters, accountId } = call;
  const name = String(parameters.Bucket);
  const bucket = buckets.byName.get(name);
  const arn = `arn:aws:s3:::${name}`;
  if (operation === 'CreateBucket') {
    const ownership = parameters.ObjectOwnership;
    buckets.byName.set(name, {
      ...bucket,
      ownerAccountId: accountId,
      ...(typeof ownership === 'string' && { objectOwnership: ownership }),
    });
  }
  if (!bucket) return;
  switch (operation) {
    case 'DeleteBucket':
      buckets.byName.delete(name);
      learned.setResourcePolicy(arn, undefined);
      return;
    case 'PutBucketPolicy':
      learned.setResourcePolicy(arn, String(parameters.Policy));
      return;
    case 'DeleteBucketPolicy':
      learned.setResourcePolicy(arn, undefined);
      return;
    case 'PutPublicAccessBlock':
      bucket.publicAccessBlock = publicAccessBlockOf(parameters);
      return;
    case 'DeletePublicAccessBlock':
      bucket.publicAccessBlock = undefined;
      return;
    case 'PutBucketOwnershipControls':
      bucket.objectOwnership = xmlText(parameters, 'OwnershipControls', 'Rule', 'ObjectOwnership');
      return;
    case 'DeleteBucketOwnershipControls':
      bucket.objectOwnership = undefined;
      return;
  }
};
