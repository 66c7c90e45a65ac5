import { remediationFunction } from '../function';
import { bucketAdapter } from './adapter';

/** Lambda's entry of the function that fixes buckets. */
export const handler = remediationFunction(bucketAdapter());
