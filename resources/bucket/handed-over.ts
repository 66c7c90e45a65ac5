import { isText } from '../kit/input';
import type { HandedOverForms } from '../kit/resource-type';
import { type Bucket, bucketFromApi } from './model';

const parts = ['AccessControlList', 'BucketPolicy', 'PublicAccessBlockConfiguration'];
/** Of S3's answers; a policy alone may be a key's as well. */
const settings = [
  'Grants',
  'PublicAccessBlockConfiguration',
  'AccountPublicAccessBlockConfiguration',
  'OwnershipControls',
];

/** How buckets are handed over: S3's answers side by side, and rows of queries. */
export const bucketForms: HandedOverForms<Bucket> = {
  fromApi: bucketFromApi,
  apiId: ({ Name }) => Name,
  isApiAnswer: (fields) => settings.some((setting) => Object.hasOwn(fields, setting)),
  fits: ({ supplement }) => parts.some((part) => Object.hasOwn(supplement, part)),
  idIn: ({ name }) => name,
  withId: (fields, configuration, id) =>
    isText(configuration.name) ? fields : { ...fields, resourceName: id },
};
