import type { RemediationRequest } from '../../core/remediation';
import { memberServices } from './aws/replaced-send';
import type { Call } from './calls';
import type { Hub } from './hub';

/** Whether a call would change a resource of a member account. */
export function isWrite({ service, command }: Pick<Call, 'service' | 'command'>): boolean {
  return memberServices.includes(service) && !/^(Get|List|Describe|Lookup)/.test(command);
}

/** Whether a call changed something, whoever heard of it. */
export function isMade({ isPerformed, refusal }: Call): boolean {
  return isPerformed && refusal === undefined;
}

/** One invocation of a remediation function, and the calls that it made. */
export interface FunctionRun {
  request: RemediationRequest;
  /** The call that invoked it. */
  invoke: Call | undefined;
  calls: readonly Call[];
  /** Those of its calls that would change something, performed or not. */
  writes: readonly Call[];
}

/** Every invocation of a remediation function, in their order. */
export function functionRuns(hub: Hub): FunctionRun[] {
  const { made } = hub.aws.calls;
  return hub.requests.map(({ request, invocation, invoke }) => {
    const calls = made.filter((call) => call.invocation === invocation);
    return { request, invoke: made[invoke - 1], calls, writes: calls.filter(isWrite) };
  });
}
