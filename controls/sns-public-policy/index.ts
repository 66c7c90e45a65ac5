import { topicItems } from '../../resources/topic/model';
import { policyIn } from '../../resources/topic/plain-item';
import { topicPolicyRules } from '../../resources/topic/policy-rules';
import { policyControl } from '../policy-control';
import { facts } from './facts';

/** Finds topics whose policy lets everybody in, and takes what is public from it. */
export const control = policyControl({ facts, items: topicItems, rules: topicPolicyRules, policyIn });
