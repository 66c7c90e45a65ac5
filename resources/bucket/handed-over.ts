import { isText } from '../kit/input';
import type { HandedOverForms } from '../kit/resource-type';
import { type Bucket, bucketFromApi } from './model';

const parts = ['AccessControlList', 'BucketPolicy', 'PublicAccessBlockConfiguration'];

/** How buckets are handed over: S3's answers side by side, and rows of queries. */
export const bucketForms: HandedOverForms<Bucket> = {
  fromApi: bucketFromApi,
  apiId: ({ Name }) => Name,
  fits: ({ supplement }) => parts.some((part) => Object.hasOwn(supplement, part)),
  idIn: ({ name }) => name,
  withId: (fields, configuration, id) =>
    isText(configuration.name) ? fields : { ...fields, resourceName: id },
};
