import type { PublicAccessParameters } from './parameters';

/** What each parameter says; apart from the schema, so that no rule function carries it. */
export const parameterDescriptions: Readonly<Record<keyof PublicAccessParameters, string>> = {
  fix: '`surgical`: the fix removes what is public from the ACL and the policy, and turns on the block settings that keep it out. `lockdown`: the fix turns on all four block settings of the bucket and edits nothing; a public policy then also stops granting to other accounts.',
};
