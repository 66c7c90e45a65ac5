import type { Policies } from '../service';

/** A version or an alias has its function's policy here. */
export const policy: Policies = { holderOf: (resource) => resource.split(':').slice(0, 7).join(':') };
