import type { Decision } from '../api';
import { denied } from './denied';
import type { Policy } from './policy';
import { allows, applies, type StatementRequest } from './statement';

/** The service control policies of the root, of each unit on the way down, and of the account: one list for each. */
export type ControlLevels = readonly (readonly Policy[])[];

/**
 * Why service control policies do not let a request pass; undefined where they do. A deny anywhere above the account wins, and every
 * level has to allow.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 * @throws UnsupportedError when a condition that matters is not known to the sandbox
 */
export function refusalByServiceControl(
  levels: ControlLevels,
  request: StatementRequest,
): Decision | undefined {
  const isDenied = levels
    .flat()
    .some(({ statements, version }) =>
      statements.some((statement) => statement.effect === 'Deny' && applies(statement, version, request)),
    );
  if (isDenied) return denied(request, 'with an explicit deny in a service control policy');
  const isAllowed = levels.every((level) => level.some((policy) => allows(policy, request)));
  return isAllowed ? undefined : denied(request, 'because no service control policy allows');
}
