import { queueItems } from '../../resources/queue/model';
import { policyIn } from '../../resources/queue/plain-item';
import { queuePolicyRules } from '../../resources/queue/policy-rules';
import { policyControl } from '../policy-control';
import { facts } from './facts';

/** Finds queues whose policy lets everybody in, and takes what is public from it. */
export const control = policyControl({ facts, items: queueItems, rules: queuePolicyRules, policyIn });
