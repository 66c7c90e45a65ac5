import type { Compliance } from '../../../../core/evaluation';
import type { ApiCall } from '../../../gateway/api';
import type { AccountClients } from '../account-clients';

/** One of AWS's own rules that looks at a whole account. */
export interface ManagedRule {
  /** AWS's identifier, for example `IAM_PASSWORD_POLICY`. */
  identifier: string;
  /**
   * Whether a call may change the verdict. AWS evaluates these rules once in a period of 1 to 24 hours; here they are
   * evaluated right after such a call, so that nobody has to wait.
   */
  changedBy(call: ApiCall): boolean;
  /** Looks at the account as it is now; `parameters` are the rule's, as AWS Config takes them: strings. */
  evaluate(
    clients: AccountClients,
    parameters: Readonly<Record<string, string>>,
  ): Promise<{ complianceType: Compliance; annotation?: string }>;
}

/** The resource type of a verdict on the whole account; the resource's id is the account's. */
export const accountResourceType = 'AWS::::Account';
