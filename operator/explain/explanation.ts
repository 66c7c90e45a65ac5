import type { CompiledPolicy, Exemption, TagRule } from '../../config/compiled';
import { tagRuleFor } from '../../config/exemption';
import { type AccountPlace, locate } from '../../config/place';
import { type Resolution, resolutionOf } from '../../config/resolution';
import { matchesResource } from '../../config/resource-pattern';
import { type AskedFacts, isUnreadable, type KnownFacts } from '../../decision/facts';
import { type FindingRuling, rulingAt } from '../../decision/finding-ruling';
import { type Foretold, foretell } from '../../decision/foretelling';
import { assumedLook } from '../../decision/look';
import type { FindingRecord } from '../../ledger/findings/record';
import type { UndoExemption } from '../../ledger/findings/undo-exemption';
import { type Stop, stopFor } from '../../ledger/limits/stop';
import { namesOf, type PlaceNames } from '../../ledger/organization/place-names';
import { type OrganizationStructure, placeOf, type StructureAccount } from '../organization/structure';
import { treeOfStructure } from '../organization/structure-tree';
import type { PolicyProblem } from '../plan/policy-problems';
import type { NamesMeant } from './names-meant';

/** What is known of the ledger, as far as there is one, and it was asked. */
export type LedgerKnows = Partial<
  AskedFacts & Pick<KnownFacts, 'writes' | 'decision' | 'needsPlace' | 'retry' | 'tries' | 'unreadableRecord'>
>;

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
  /** The finding's latest occurrence. */
  record?: FindingRecord;
  ledger: LedgerKnows;
  /** What the policy's names mean by the ledger; absent where it was not asked: then they mean what bears them now. */
  names?: NamesMeant;
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
  resolution: Resolution;
  exemptions: FoundExemption[];
  tagRule?: TagRule;
  undone?: UndoExemption;
  stop?: Stop;
  /** All that the policy says of it, among it the freeze that holds there now. */
  ruling: FindingRuling;
  /** Problems for which nothing at all is fixed. */
  stopsAllFixes: PolicyProblem[];
  foretold: Foretold;
  /** What accounts and units are called now. */
  placeNames: PlaceNames;
}

/** Explains the one decision. Pure. */
export function explanationOf(question: ExplainedQuestion): Explanation {
  const { policy, structure, account, control, resource, ledger, problems, noLedger, names, now } = question;
  const place = { ...placeOf(structure, account), ...(names && { bound: names.bound }) };
  const resolution = resolutionOf(policy, place, control);
  const known = !('unresolved' in resolution);
  const ruling = rulingAt(place, { control, ...(resource && { resource }) }, policy, now);
  const tagRule = known ? tagRuleFor(policy, place) : undefined;
  const { stops = [], undone = 'none' } = ledger;
  const stop = isUnreadable(stops) ? undefined : stopFor(stops, idsOf(place), now);
  const stopsAllFixes = problems.filter(
    ({ stopsAllFixes, key }) =>
      stopsAllFixes && (!names || names.seen.unresolved.some((missing) => missing.key === key)),
  );
  return {
    ...question,
    resolution,
    exemptions: known ? exemptionsAt(question, place) : [],
    ...(tagRule && { tagRule }),
    ...(undone !== 'none' && { undone }),
    ...(stop && { stop }),
    ruling,
    stopsAllFixes,
    foretold: foretell(
      factsOf(question, ruling, stopsAllFixes),
      noLedger ?? (resource ? undefined : 'It depends on the resource.'),
    ),
    placeNames: namesOf(treeOfStructure(structure, now)),
  };
}

function factsOf(
  { policy, watched, resource, ledger, names, now }: ExplainedQuestion,
  ruling: FindingRuling,
  missing: readonly PolicyProblem[],
) {
  return {
    now,
    policy,
    ruling,
    ...(resource && { region: resource.region }),
    ...(watched !== undefined && { watched }),
    names: names?.seen ?? {
      unresolved: missing.map(({ key, source = 'the policy' }) => ({ key, source })),
      lost: [],
    },
    look: assumedLook(undefined),
    writes: [],
    ...ledger,
  };
}

function idsOf({ accountId, path }: AccountPlace): string[] {
  return [accountId, ...path.map(({ id }) => id)];
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
