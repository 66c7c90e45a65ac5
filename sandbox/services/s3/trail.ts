import type { Trail } from '../service';

/** Buckets; objects are data. */
export const trail: Trail = {
  namesOf: ({ parameters }) => [parameters.Bucket],
  isData: ({ parameters }) => parameters.Key !== undefined,
};
