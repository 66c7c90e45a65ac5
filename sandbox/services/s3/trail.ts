import type { Trail } from '../service';

/** Buckets; objects are data. */
export const trail: Trail = { namedBy: ['Bucket'], isData: ({ parameters }) => parameters.Key !== undefined };
