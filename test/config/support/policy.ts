import { compilePolicy } from '../../../config/compile';
import type { CompiledPolicy } from '../../../config/compiled';
import { parseOrganization } from '../../../config/organization';
import type { AccountPlace } from '../../../config/place';
import { formatProblem, PolicyError } from '../../../config/policy-error';

/** When the tests' policies are read. */
export const readAt = new Date('2026-11-23T10:00:00Z');

const head = `organization: { id: o-exampleorg1, managementAccount: "111111111111" }
hub: { account: "222222222222", region: eu-west-1 }
regions: [eu-west-1, us-east-1]
targets: [r-abcd]
slack: { channel: C0123456789 }
`;

/** A compiled policy with these further sections, read at `now`; the first of their lines is line 6 of `policy.yaml`. */
export function policyWith(sections: string, now = readAt): CompiledPolicy {
  return compilePolicy(parseOrganization(`${head}${sections}`, 'somewhere/policy.yaml', now));
}

/** What is wrong with a policy with these further sections, a line each, without the file's name: `6:14 …`. */
export function problemsWith(sections: string): string[] {
  try {
    parseOrganization(`${head}${sections}`, '', readAt);
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.problems.map((problem) => formatProblem(problem).slice(1));
    throw error;
  }
}

/** A compiled policy with this content of `autoResponse`, indented by two; its first line is line 7. */
export function policyOf(autoResponse: string): CompiledPolicy {
  return policyWith(`autoResponse:\n${autoResponse}`);
}

/** Units of the test organization: id, name, and the one above. */
const units = {
  root: { id: 'r-abcd', name: 'Root', above: undefined },
  Workloads: { id: 'ou-abcd-workload', name: 'Workloads', above: 'root' },
  Prod: { id: 'ou-abcd-workprod', name: 'Prod', above: 'Workloads' },
  Cell: { id: 'ou-abcd-workcell', name: 'Cell', above: 'Prod' },
  Sandbox: { id: 'ou-abcd-sandbox0', name: 'Sandbox', above: 'root' },
  /** A second unit of the name, elsewhere. */
  SandboxProd: { id: 'ou-abcd-sandprod', name: 'Prod', above: 'Sandbox' },
} as const;

/** Where an account may lie in the test organization. */
export type UnitName = keyof typeof units;

/** The account 333333333333, the only one named payments-prod, under a unit of the test organization. */
export function placeUnder(unit: UnitName, more: Partial<AccountPlace> = {}): AccountPlace {
  const path: { id: string; name: string }[] = [];
  for (let next: UnitName | undefined = unit; next !== undefined; ) {
    const { id, name, above }: (typeof units)[UnitName] = units[next];
    path.push({ id, name });
    next = above;
  }
  return { accountId: '333333333333', name: 'payments-prod', sameName: 1, path, ...more };
}
