import type { Policies } from '../service';

/** An index has its table's policy. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-considerations.html */
export const policy: Policies = { holderOf: (resource) => resource.split('/').slice(0, 2).join('/') };
