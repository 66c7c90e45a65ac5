import { sharedParameterDescriptions } from '../../resources/security-group/parameter-descriptions';
import type { WideOpenParameters } from './parameters';

/** What each parameter says; apart from the schema, so that no rule function carries it. */
export const parameterDescriptions: Readonly<Record<keyof WideOpenParameters, string>> = {
  mostPorts:
    'How many ports of TCP, and of UDP, may be open to the internet. A rule for all traffic opens all of them.',
  keepOpen:
    'Ports that stay open of a rule that the fix narrows, as far as they were open; at most `mostPorts` of a protocol.',
  ...sharedParameterDescriptions,
};
