import type { Quirks } from '../service';
import { bucketPolicyStatus, checkS3Call, effectiveS3Answer } from './block-public-access';
import { createBucket } from './create-bucket';
import { withSingleGrants } from './grant-headers';

/** What S3 does and moto does not: blocks, ownership, grants, and whether a policy is public. */
export const quirks: Quirks = {
  check: checkS3Call,
  async askMoto({ operation, parameters }, request, moto) {
    const headers = withSingleGrants(request.headers);
    return operation === 'CreateBucket'
      ? createBucket(String(parameters.Bucket), request, moto)
      : moto.send({ ...request, headers });
  },
  effective: effectiveS3Answer,
  standIn: ({ learned }) => ({
    operations: ['GetBucketPolicyStatus'],
    answer: async (call) => bucketPolicyStatus(call, learned),
  }),
};
