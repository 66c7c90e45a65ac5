import { secretItems } from '../../resources/secret/model';
import { secretPolicyRules } from '../../resources/secret/policy-rules';
import { policyControl } from '../policy-control';
import { facts } from './facts';

/** Finds secrets whose policy lets everybody in, and takes what is public from it. */
export const control = policyControl({ facts, items: secretItems, rules: secretPolicyRules });
