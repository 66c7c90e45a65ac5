import { remediationFunction } from '../function';
import { securityGroupAdapter } from './adapter';

/** Lambda's entry of the function that fixes security groups. */
export const handler = remediationFunction(securityGroupAdapter());
