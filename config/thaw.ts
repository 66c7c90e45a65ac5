import type { CompiledPolicy } from './compiled';

/** How many fixes of backlog are made within a day without a person, unless the policy says otherwise. */
export const defaultThaw = { account: 25, organization: 100 };

/** How many fixes of backlog a policy has made within a day without a person, in one account and in all together. */
export function thawOf({ thaw = defaultThaw }: Pick<CompiledPolicy, 'thaw'>): {
  account: number;
  organization: number;
} {
  return thaw;
}
