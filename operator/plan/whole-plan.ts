import type { PlaceNames } from '../../ledger/organization/place-names';
import type { PolicyCost, UnknownCost } from '../cost/policy-cost';
import type { JudgedAgain } from './judged-again';
import type { FindingPlan } from './open-findings';
import type { AccountPlan } from './policy-plan';
import type { PolicyProblem } from './policy-problems';

/** Everything that a plan of a policy found out. */
export interface WholePlan {
  /** What the policy file is called. */
  file: string;
  problems: PolicyProblem[];
  /** What is likely to be wrong in the policy, a line each. */
  warnings: string[];
  /** What would be better in the policy, in one line; absent where there is nothing to say. */
  advice?: string;
  /** Why no deployed policy is known; absent where it is. */
  nothingDeployed?: string;
  /** What changes for all accounts at once, one line each. */
  settings: string[];
  /** By which controls AWS Config makes its verdicts again once this is deployed. */
  judgedAgain: JudgedAgain[];
  /** Ordered as they are shown. */
  accounts: AccountPlan[];
  findings: FindingPlan[];
  /** What the policy costs in a month, or why that cannot be told; absent where nobody asked. */
  cost?: PolicyCost | UnknownCost;
  /** What accounts and units are called. */
  places: PlaceNames;
  /** The shortest names by which the findings can be asked for. */
  nameOf: (finding: FindingPlan) => string;
}

/** The numbers of a plan. Accounts that are not watched, and in which nothing changes by that, are counted by themselves. */
export function countsOf({ accounts, findings }: WholePlan) {
  const unwatched = accounts.filter(({ watched, difference }) => !watched && difference === 'stays').length;
  const like = (difference: AccountPlan['difference']) =>
    accounts.filter((account) => account.difference === difference).length;
  return {
    starts: like('starts'),
    changes: like('changes'),
    stays: like('stays') - unwatched,
    unwatched,
    findingsFixed: findings.filter(({ becomes }) => becomes === 'fixed').length,
    findingsWaiting: findings.filter(({ becomes }) => becomes === 'waits').length,
  };
}

/** Whether it can be told everywhere what the policy says, of things that exist. */
export function isSound({ problems, accounts }: WholePlan): boolean {
  return (
    problems.length === 0 &&
    accounts.every(({ controls }) => controls.every(({ next }) => !('unresolved' in next)))
  );
}
