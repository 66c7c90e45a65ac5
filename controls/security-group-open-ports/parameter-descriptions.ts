import { sharedParameterDescriptions } from '../../resources/security-group/parameter-descriptions';
import type { OpenPortsParameters } from './parameters';

/** What each parameter says; apart from the schema, so that no rule function carries it. */
export const parameterDescriptions: Readonly<Record<keyof OpenPortsParameters, string>> = {
  prohibitedPorts:
    'Ports that may not be open to the internet: `22`, `"8000-8100"`, `"53/udp"`. TCP unless it says otherwise; at least one.',
  allowedPorts:
    'Where it is given, only these ports may be open to the internet, and `prohibitedPorts` does not count.',
  keepProtocols:
    'Numbers of further IP protocols that the fix of a rule for all traffic keeps, each by a rule of its own.',
  ...sharedParameterDescriptions,
};
