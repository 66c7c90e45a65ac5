import { keyItems } from '../../resources/key/model';
import { policyIn } from '../../resources/key/plain-item';
import { keyPolicyRules } from '../../resources/key/policy-rules';
import { policyControl } from '../policy-control';
import { facts } from './facts';

/** Finds keys whose policy lets everybody in, and takes what is public from it; never so that its account is locked out. */
export const control = policyControl({ facts, items: keyItems, rules: keyPolicyRules, policyIn });
