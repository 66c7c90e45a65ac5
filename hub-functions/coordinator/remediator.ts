import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { STSClient } from '@aws-sdk/client-sts';
import type { FindingIdentity } from '../../contract/finding';
import type { JsonObject } from '../../contract/json';
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
  /** The control's parameters; its schema fills in what is left out. */
  parameters: JsonObject;
  /** What the stop switch may be on for: the account's id, and the ids of what it lies under. */
  place: string[];
  /** Digest of the only plan that may be applied. */
  onlyPlan?: string;
  /** Whether to find out if the resource is as the fix left it. */
  tellFixStands?: true;
  /** Whether to find out who changed the resource last. */
  tellLastChange?: true;
}

/** Has a remediation function plan, fix or undo one finding. Never throws for what AWS refuses: the answer says it. */
export type Remediator = (assignment: Assignment) => Promise<Answer>;

/** The remediator that assumes a role in the member account and hands its session to the function. */
export function memberRemediator(sts: STSClient, lambda: LambdaClient): Remediator {
  return async ({ control, identity, ...asked }) => {
    const { mode } = asked;
    try {
      const credentials = await assumeMemberRole(sts, control, identity, mode);
      return await invokeRemediation(lambda, control, {
        version: 1,
        finding: identity,
        ...asked,
        credentials,
      });
    } catch (error) {
      if (error instanceof SessionRefusedError) return failedResult(error.message, error.errorCode);
      if (error instanceof SessionPolicyError) return failedResult(error.message);
      throw error;
    }
  };
}
