import { bucketAdapter } from '../../../resources/bucket/adapter';
import { remediationFunction } from '../function';

/** Lambda's entry of the function that fixes buckets. */
export const handler = remediationFunction(bucketAdapter());
