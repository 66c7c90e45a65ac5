import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { STSClient } from '@aws-sdk/client-sts';
import type { FindingIdentity } from '../../contract/finding';
import type { JsonObject } from '../../contract/json';
import type { ApplyRequest, PlanRequest, RequestBase, UndoRequest } from '../../contract/remediation';
import type { ControlFacts } from '../../controls/control';
import { invokeRemediation } from './invoke';
import { type Answer, failedResult } from './remediation-result';
import { assumeMemberRole, SessionRefusedError } from './session';
import { SessionPolicyError } from './session-policy';

/** What is asked of a remediation function, apart from what every request says. */
export type Asked =
  | Omit<PlanRequest, keyof RequestBase>
  | Omit<ApplyRequest, keyof RequestBase>
  | Omit<UndoRequest, keyof RequestBase>;

/** What is asked, of which finding. */
export type Assignment = Asked & {
  control: ControlFacts;
  identity: FindingIdentity;
  occurrence: number;
  attempt: number;
  /** The control's parameters; its schema fills in what is left out. */
  parameters: JsonObject;
};

/** Has a remediation function plan, fix or undo one finding. Never throws for what AWS refuses: the answer says it. */
export type Remediator = (assignment: Assignment) => Promise<Answer>;

/** The remediator that assumes a role in the member account and hands its session to the function. */
export function memberRemediator(sts: STSClient, lambda: LambdaClient): Remediator {
  return async ({ control, identity, ...asked }) => {
    const { mode } = asked;
    try {
      const credentials = await assumeMemberRole(sts, control, identity, mode);
      return await invokeRemediation(lambda, control, {
        version: 2,
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
