import * as z from 'zod/mini';
import { trustedAccounts, trustedOrganizations } from './trusted-parameters';

/** What becomes of a statement that lets in a service, whosever request it acts on. */
export type ConfusedDeputyAction = 'ignore' | 'report' | 'fix';

const actions: readonly unknown[] = ['ignore', 'report', 'fix'] satisfies ConfusedDeputyAction[];

/** The parameters by name, for readers that pass over others. */
export const documentParametersShape = {
  /** Accounts that may be named where a condition limits a statement for everybody, beside the resource's own. */
  trustedAccounts,
  /** Organizations that may be named there. With both lists empty, any one account or organization limits. */
  trustedOrganizations,
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
