import { repositoryItems } from '../../resources/repository/model';
import { policyIn } from '../../resources/repository/plain-item';
import { repositoryPolicyRules } from '../../resources/repository/policy-rules';
import { policyControl } from '../policy-control';
import { facts } from './facts';

/** Finds repositories whose policy lets everybody in, and takes what is public from it. */
export const control = policyControl({
  facts,
  items: repositoryItems,
  rules: repositoryPolicyRules,
  policyIn,
});
