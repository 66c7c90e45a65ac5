import type { ApiAnswer, ApiCall } from '../../gateway/api';
import { parseJsonBody } from '../../gateway/protocols/json';
import type { ServiceControlPolicies } from './service-control-policies';

const type = 'SERVICE_CONTROL_POLICY';

/** Learns service control policies, and the tree that they are inherited along, from calls that succeeded. */
export function observePolicies(call: ApiCall, answer: ApiAnswer, policies: ServiceControlPolicies): void {
  const { operation } = call;
  const given = call.parameters as Record<string, string | undefined>;
  const { PolicyId: policyId = '', TargetId: targetId = '' } = given;
  const answered = parseJsonBody(Buffer.from(answer.body)) as {
    Policy?: { PolicySummary?: { Id?: string }; Content?: string };
    OrganizationalUnit?: { Id?: string };
  };
  switch (operation) {
    case 'EnablePolicyType':
    case 'DisablePolicyType':
      if (given.PolicyType === type) policies.enable(operation === 'EnablePolicyType', given.RootId ?? '');
      return;
    case 'CreatePolicy':
      if (given.Type === type) policies.put(answered.Policy?.PolicySummary?.Id ?? '', given.Content ?? '');
      return;
    case 'UpdatePolicy':
      if (policies.has(policyId) && given.Content !== undefined) policies.put(policyId, given.Content);
      return;
    case 'DeletePolicy':
      policies.delete(policyId);
      return;
    case 'AttachPolicy':
      if (policies.has(policyId)) policies.attach(policyId, targetId);
      return;
    case 'DetachPolicy':
      policies.detach(policyId, targetId);
      return;
    case 'CreateOrganizationalUnit':
      policies.place(answered.OrganizationalUnit?.Id ?? '', given.ParentId ?? '');
      return;
    case 'MoveAccount':
      policies.place(given.AccountId ?? '', given.DestinationParentId ?? '');
  }
}
