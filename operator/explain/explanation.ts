import type { CompiledPolicy, Exemption, Freeze, TagRule } from '../../config/compiled';
import { tagRuleFor } from '../../config/exemption';
import { freezeFor } from '../../config/freeze';
import { type AccountPlace, locate } from '../../config/place';
import { matchesResource } from '../../config/resource-pattern';
import type { Exemption as UndoExemption } from '../../ledger/exemptions';
import type { FindingRecord } from '../../ledger/record';
import { type Stop, stopFor } from '../../ledger/stop-switch';
import { type Ruling, rulingOf, type Verdict, verdictOn } from '../decision/verdict';
import { type OrganizationStructure, placeOf, type StructureAccount } from '../organization/structure';
import type { PolicyProblem } from '../plan/policy-problems';

/** What is to be explained. */
export interface ExplainedQuestion {
  policy: CompiledPolicy;
  /** Which policy that is, for people. */
  policyName: string;
  structure: OrganizationStructure;
  account: StructureAccount;
  control: string;
  /** Whether a target lies above the account; undefined where the targets are not known. */
  watched?: boolean;
  resource?: { region: string; resourceId: string };
  record?: FindingRecord;
  undone?: UndoExemption;
  stops: readonly Stop[];
  /** Why the ledger was not asked; absent where it was. */
  noLedger?: string;
  /** Where policy and organization do not fit together. */
  problems: readonly PolicyProblem[];
  now: Date;
}

/** An exemption of the policy for the control and the account, and whether it has ended. */
export interface FoundExemption {
  exemption: Exemption;
  over: boolean;
}

/** One decision, with everything that it rests on. */
export interface Explanation extends ExplainedQuestion {
  ruling: Ruling;
  exemptions: FoundExemption[];
  tagRule?: TagRule;
  stop?: Stop;
  /** The freeze of the policy that holds there now. */
  freeze?: Freeze;
  /** Problems for which nothing at all is fixed. */
  stopsAllFixes: PolicyProblem[];
  end: Verdict;
}

/** Explains the one decision. Pure. */
export function explanationOf(question: ExplainedQuestion): Explanation {
  const { policy, structure, account, control, watched, stops, problems, now } = question;
  const { resource, record, undone } = question;
  const place = placeOf(structure, account);
  const ruling = rulingOf(policy, place, control);
  const known = !('unresolved' in ruling);
  const tagRule = known ? tagRuleFor(policy, place) : undefined;
  const freeze = known ? freezeFor(policy, place, now) : undefined;
  const stop = stopFor(stops, [place.accountId, ...place.path.map(({ id }) => id)], now);
  const stopsAllFixes = problems.filter((problem) => problem.stopsAllFixes);
  const end = verdictOn({
    policy,
    place,
    control,
    now,
    watched: watched ?? true,
    stops,
    ...(resource && { resource }),
    ...(record && { record }),
    ...(undone && { undone }),
  });
  return {
    ...question,
    ruling,
    exemptions: known ? exemptionsAt(question, place) : [],
    ...(tagRule && { tagRule }),
    ...(stop && { stop }),
    ...(freeze && { freeze }),
    stopsAllFixes,
    end: end.verdict === 'fixed' && stopsAllFixes.length > 0 ? heldByProblems(stopsAllFixes) : end,
  };
}

/** Every exemption for the control and the place; of the one resource, where one is meant. */
function exemptionsAt(
  { policy, control, resource, now }: ExplainedQuestion,
  place: AccountPlace,
): FoundExemption[] {
  const { account, units } = locate(policy, place);
  const keys = [...account, ...units.flatMap((unit) => unit.keys)];
  return policy.exemptions
    .filter(
      (exemption) =>
        exemption.control === control &&
        keys.includes(exemption.account ?? exemption.organizationalUnit ?? '') &&
        (!resource ||
          (matchesResource(exemption.resource, resource.resourceId) &&
            (exemption.region === undefined || exemption.region === resource.region))),
    )
    .map((exemption) => ({ exemption, over: Date.parse(exemption.until) <= now.getTime() }));
}

function heldByProblems(problems: readonly PolicyProblem[]): Verdict {
  const keys = problems.map(({ key, source }) => `${key}${source ? ` (${source})` : ''}`).join(', ');
  return {
    verdict: 'waits',
    why: `The policy names what is not in the organization: ${keys}. Nothing is fixed until that is put right and deployed.`,
  };
}
