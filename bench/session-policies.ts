import { customFacts } from '../controls/facts';
import {
  maximumSessionPolicyLength,
  sessionPolicy,
} from '../hub-functions/coordinator/member/session-policy';
import { examples } from '../test/resources/examples/registry';

/** Characters of the longest session policy of each control, each beside its limit. */
export function sessionPolicySizes(): (string | number)[][] {
  const place = { accountId: '1'.repeat(12), region: 'ap-southeast-1' };
  return customFacts.map((control) => {
    const { id, resourceType } = control;
    const resourceId = examples[resourceType].longestId(place);
    const policy = sessionPolicy(control, { ...place, control: id, resourceType, resourceId }, 'undo');
    return [id, policy.length, maximumSessionPolicyLength];
  });
}
