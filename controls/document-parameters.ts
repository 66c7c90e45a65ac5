import * as z from 'zod/mini';
import { accountIdPattern } from '../core/finding';

/** What becomes of a statement that lets in a service, whosever request it acts on. */
export type ConfusedDeputyAction = 'ignore' | 'report' | 'fix';

const actions: readonly unknown[] = ['ignore', 'report', 'fix'] satisfies ConfusedDeputyAction[];

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
const organizationIdPattern = /^o-[a-z0-9]{10,32}$/;

/** The parameters by name, for readers that pass over others. */
export const documentParametersShape = {
  /** Accounts that may be named where a condition limits a statement for everybody, beside the resource's own. */
  trustedAccounts: z._default(
    z.array(
      z.string().check(z.regex(accountIdPattern, 'should be the twelve digits of an account, in quotes')),
    ),
    [],
  ),
  /** Organizations that may be named there. With both lists empty, any one account or organization limits. */
  trustedOrganizations: z._default(
    z.array(
      z.string().check(z.regex(organizationIdPattern, 'should be the id of an organization: o-exampleorgid')),
    ),
    [],
  ),
  /**
   * - `ignore`: nothing.
   * - `report`: it is told beside the findings, and is no violation.
   * - `fix`: it is a violation, and its fix limits it to the resource's own account.
   */
  confusedDeputy: z._default(
    z.custom<ConfusedDeputyAction>((action) => actions.includes(action), 'should be ignore, report or fix'),
    'report',
  ),
};

/** The parameters that every control of a policy document has, with their defaults. */
export const documentParametersSchema = z.strictObject(documentParametersShape);

/** Parameters as the schema returns them. */
export type DocumentParameters = z.infer<typeof documentParametersSchema>;
