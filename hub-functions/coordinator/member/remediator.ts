import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { STSClient } from '@aws-sdk/client-sts';
import type { ControlFacts } from '../../../controls/control';
import type { FindingIdentity } from '../../../core/finding';
import type { JsonObject } from '../../../core/json';
import type { ApplyRequest, PlanRequest, RequestBase, UndoRequest } from '../../../core/remediation';
import type { Refusal } from '../../../ledger/limits/waits-for';
import { waitsForAccount } from '../../../ledger/limits/waits-for';
import type {
  ReachedBy,
  UnreachableAccount,
  UnreachableAccounts,
} from '../../../ledger/organization/unreachable-accounts';
import { isOfAccount, SessionRefusedError } from '../../member-session/assume';
import { SessionPolicyError } from '../../member-session/policy-text';
import { invokeRemediation } from './invoke';
import { type Answer, failedResult } from './remediation-result';
import { assumeMemberRole, roleFor } from './session';

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

/** What is known of a role that a look takes, where it was read a moment ago. */
export type KnownReach = UnreachableAccount | 'none';

/**
 * Has a remediation function plan, fix or undo one finding. Never throws for what AWS refuses: the answer says it.
 * @param known of the role that a look takes; it is read where it is left out
 */
export type Remediator = (assignment: Assignment, known?: KnownReach) => Promise<Answer>;

/** What the remediator asks, and tells, about accounts that cannot be reached. */
export type Reach = Pick<UnreachableAccounts, 'refusal' | 'refusalBy' | 'remember' | 'reached'>;

/**
 * The remediator that assumes a role in the member account and hands its session to the function. Where the account could not be
 * reached a while ago, a look does not try again. The gate asks before a fix, and a person's order is always tried.
 */
export function memberRemediator(
  sts: STSClient,
  lambda: LambdaClient,
  reach: Reach,
  now: () => Date,
): Remediator {
  const refusalOf = (of: ReachedBy, known: KnownReach | undefined) =>
    known === undefined
      ? reach.refusal(of, now())
      : reach.refusalBy(known === 'none' ? undefined : known, now());
  return async ({ control, identity, ...asked }, known) => {
    const { mode } = asked;
    const of: ReachedBy = { accountId: identity.accountId, role: roleFor(mode) };
    try {
      // What cannot be read is tried.
      const refusal = mode === 'plan' && (await refusalOf(of, known).catch(() => undefined));
      if (refusal) return unreachable(of, refusal);
      const credentials = await assumeMemberRole(sts, control, identity, mode);
      await reach.reached(of).catch(() => {});
      return await invokeRemediation(lambda, control, {
        version: 2,
        finding: identity,
        ...asked,
        credentials,
      });
    } catch (error) {
      if (error instanceof SessionPolicyError) return failedResult(error.message);
      if (!(error instanceof SessionRefusedError)) throw error;
      const refusal = { reason: error.message, errorCode: error.errorCode };
      if (!isOfAccount(error)) return failedResult(refusal.reason, refusal.errorCode);
      // What is not remembered is tried again with the next finding.
      await reach.remember(of, refusal, now()).catch(() => {});
      return unreachable(of, refusal);
    }
  };
}

function unreachable({ accountId, role }: ReachedBy, { reason, errorCode }: Refusal): Answer {
  return { ...failedResult(reason, errorCode), unreachable: waitsForAccount(accountId, role) };
}
