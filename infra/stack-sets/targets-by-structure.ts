import type { CompiledPolicy } from '../../config/compiled';
import {
  type CoveragePlan,
  coveragePlan,
  type NewcomerCoverage,
  type PlannedCoverage,
} from '../../config/planned-coverage';
import type { StructurePlaces } from '../../config/structure-places';
import { UnresolvedPolicyError } from '../../config/unresolved';
import type { StackSetKind } from '../../core/names';
import type { AllTargets, Part, SetTargets } from './set-targets';

/** What belongs into a stack set. */
type Wanted = (coverage: NewcomerCoverage) => boolean;

const belongs: Readonly<Record<StackSetKind, Wanted>> = {
  access: () => true,
  remediation: ({ remediation, unresolved }) => {
    if (unresolved === undefined) return remediation;
    throw new UnresolvedPolicyError(`Where a fix may be made cannot be told: ${unresolved}`);
  },
  trail: () => true,
  recorder: ({ recorder }) => recorder === 'own',
  rules: ({ recorder }) => recorder !== 'none',
};

/**
 * Where each stack set deploys to, by the structure of the organization. A unit takes what an account gets that joins it; accounts that
 * differ are left out, or are named by themselves. The role that can write goes only to units in which every unit takes it: into no
 * other does auto-deployment ever bring it.
 * @param keepRemediation accounts that keep that role whatever their flags say
 * @throws UnresolvedPolicyError when it cannot be told what the policy means
 */
export function targetsByStructure(
  policy: CompiledPolicy,
  places: StructurePlaces,
  keepRemediation: ReadonlySet<string>,
): AllTargets {
  const plan = coveragePlan(policy, places);
  const accounts = new Map(
    places.structure.accounts.map((account) => {
      const kept = keepRemediation.has(account.id) && { remediation: true };
      return [account.id, { ...plan.account(account), ...kept }];
    }),
  );
  const newcomers = new Map<string, NewcomerCoverage>();
  const walk = (part: Part, kind: StackSetKind) => {
    const wanted: Wanted = (coverage) =>
      coverage.state === 'covered' && coverage.pilot === (part === 'pilot') && belongs[kind](coverage);
    return new Walk({ plan, places, accounts, newcomers, wanted, whole: kind === 'remediation' }).targets();
  };
  const of = (part: Part) => ({
    access: walk(part, 'access'),
    remediation: walk(part, 'remediation'),
    trail: walk(part, 'trail'),
    recorder: walk(part, 'recorder'),
    rules: walk(part, 'rules'),
  });
  return { pilot: of('pilot'), rest: of('rest') };
}

interface WalkParts {
  plan: CoveragePlan;
  places: StructurePlaces;
  accounts: ReadonlyMap<string, PlannedCoverage>;
  /** What accounts get that join a unit, as far as it was asked. */
  newcomers: Map<string, NewcomerCoverage>;
  wanted: Wanted;
  /** Whether a unit is taken only when everything nested in it is, too. */
  whole: boolean;
}

/** Walks from the root down to the highest units that can be taken. */
class Walk {
  private readonly units: string[] = [];
  private readonly except: string[] = [];
  private readonly single: { id: string; unitId: string }[] = [];

  constructor(private readonly parts: WalkParts) {}

  targets(): SetTargets {
    this.visit(this.parts.places.structure.rootId);
    return { units: this.units, except: this.except.sort(), accounts: this.single };
  }

  private visit(unitId: string): void {
    const { places, whole } = this.parts;
    if (whole ? this.takesAll(unitId) : this.takes(unitId)) {
      this.units.push(unitId);
      this.leaveOut(unitId);
      return;
    }
    for (const { id } of places.accountsIn(unitId)) if (this.wants(id)) this.single.push({ id, unitId });
    for (const nested of places.unitsIn(unitId)) this.visit(nested);
  }

  private takes(unitId: string): boolean {
    const { newcomers, plan, wanted } = this.parts;
    const newcomer = newcomers.get(unitId) ?? plan.newcomer(unitId);
    newcomers.set(unitId, newcomer);
    return wanted(newcomer);
  }

  private takesAll(unitId: string): boolean {
    return this.takes(unitId) && this.parts.places.unitsIn(unitId).every((nested) => this.takesAll(nested));
  }

  /** Stack sets skip suspended accounts, and never reach the management account, so that neither has to be named. */
  private leaveOut(unitId: string): void {
    const { accounts, places } = this.parts;
    for (const { id } of places.accountsIn(unitId)) {
      const state = accounts.get(id)?.state;
      if (state !== 'suspended' && state !== 'management' && !this.wants(id)) this.except.push(id);
    }
    for (const nested of places.unitsIn(unitId)) this.leaveOut(nested);
  }

  private wants(accountId: string): boolean {
    const coverage = this.parts.accounts.get(accountId);
    return coverage !== undefined && this.parts.wanted(coverage);
  }
}
