import type { PublicPolicyParameters } from './parameters';

/** What each parameter says; apart from the schema, so that no rule function carries it. */
export const parameterDescriptions: Readonly<Record<keyof PublicPolicyParameters, string>> = {};
