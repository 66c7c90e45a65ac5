import type { ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { xmlAt, xmlText } from '../../gateway/protocols/xml';
import type { PublicAccessBlock } from './buckets';

/** Learns buckets, their owners, policies, block settings and object ownership. */
export function observeS3(call: ApiCall, learned: Learned): void {
  const { operation, parameters, accountId } = call;
  const name = String(parameters.Bucket);
  const bucket = learned.buckets.byName.get(name);
  const arn = `arn:aws:s3:::${name}`;
  if (operation === 'CreateBucket') {
    const ownership = parameters.ObjectOwnership;
    learned.buckets.byName.set(name, {
      ...bucket,
      ownerAccountId: accountId,
      ...(typeof ownership === 'string' && { objectOwnership: ownership }),
    });
  }
  if (!bucket) return;
  switch (operation) {
    case 'DeleteBucket':
      learned.buckets.byName.delete(name);
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
}

/** Learns an account's own block settings. */
export function observeS3Control(call: ApiCall, learned: Learned): void {
  if (call.operation === 'PutPublicAccessBlock') {
    learned.buckets.setAccountBlock(call.accountId, publicAccessBlockOf(call.parameters));
  }
  if (call.operation === 'DeletePublicAccessBlock')
    learned.buckets.setAccountBlock(call.accountId, undefined);
}

function publicAccessBlockOf(parameters: Record<string, unknown>): PublicAccessBlock {
  const isSet = (name: string) => xmlAt(parameters, 'PublicAccessBlockConfiguration', name) === 'true';
  return {
    blockPublicAcls: isSet('BlockPublicAcls'),
    ignorePublicAcls: isSet('IgnorePublicAcls'),
    blockPublicPolicy: isSet('BlockPublicPolicy'),
    restrictPublicBuckets: isSet('RestrictPublicBuckets'),
  };
}
