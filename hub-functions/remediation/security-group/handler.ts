import { securityGroupAdapter } from '../../../resources/security-group/adapter';
import { remediationFunction } from '../function';

/** Lambda's entry of the function that fixes security groups. */
export const handler = remediationFunction(securityGroupAdapter());
