import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { STSClient } from '@aws-sdk/client-sts';
import type { FindingIdentity } from '../../contract/finding';
import type { RemediationMode } from '../../contract/remediation';
import type { CustomControl } from '../../controls/control';
import { invokeRemediation } from './invoke';
import { type Answer, failedResult } from './remediation-result';
import { assumeMemberRole, SessionRefusedError } from './session';
import { SessionPolicyError } from './session-policy';

/** What is asked of a remediation function. */
export interface Assignment {
  mode: RemediationMode;
  control: CustomControl;
  identity: FindingIdentity;
  occurrence: number;
  attempt: number;
  applyLossy: boolean;
}

/** Has a remediation function plan, fix or undo one finding. Never throws for what AWS refuses: the answer says it. */
export type Remediator = (assignment: Assignment) => Promise<Answer>;

/** The remediator that assumes a role in the member account and hands its session to the function. */
export function memberRemediator(sts: STSClient, lambda: LambdaClient): Remediator {
  return async ({ mode, control, identity, occurrence, attempt, applyLossy }) => {
    try {
      const credentials = await assumeMemberRole(sts, control, identity, mode);
      return await invokeRemediation(lambda, control, {
        version: 1,
        mode,
        finding: identity,
        occurrence,
        attempt,
        // The control's schema fills in its defaults.
        parameters: {},
        applyLossy,
        credentials,
      });
    } catch (error) {
      if (error instanceof SessionRefusedError) return failedResult(error.message, error.errorCode);
      if (error instanceof SessionPolicyError) return failedResult(error.message);
      throw error;
    }
  };
}
