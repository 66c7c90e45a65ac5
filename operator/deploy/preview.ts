import type { Organization } from '../../config/organization';
import { stackNames, stackSetPrefix } from '../../core/names';
import { type PolicyCost, policyCost } from '../cost/policy-cost';
import type { ExpectedAccount } from '../doctor/deployed/facts';
import { coveredIn } from '../doctor/deployed/judges/places-of';

/** A template, as far as a preview looks at it. */
export interface PreviewedTemplate {
  Resources: Readonly<Record<string, { Type: string; Properties?: Record<string, unknown> }>>;
}

/** What is synthesized. */
export interface PreviewedAssembly {
  stacks: readonly { stackName: string; template: PreviewedTemplate }[];
  memberTemplates: readonly { stackSetName: string; template: PreviewedTemplate }[];
}

/** What is made of one kind. */
export interface ResourceCount {
  /** `AWS::Lambda::Function`. */
  type: string;
  count: number;
}

/** A stack set, and where it goes. */
export interface PreviewedSet {
  name: string;
  resources: readonly ResourceCount[];
  /** Accounts that get it. */
  accounts: readonly string[];
  /** Stacks that it comes to: accounts in each of their Regions. */
  instances: number;
  /** Actions of IAM by which its roles can change something, sorted. */
  mayChange: readonly string[];
}

/** What a deployment makes, where, and what that may do. */
export interface DeployPreview {
  hub: readonly ResourceCount[];
  sets: readonly PreviewedSet[];
  /** Accounts of the pilot. */
  pilot: readonly string[];
  /** What is not covered, and why, by account. */
  notCovered: ReadonlyMap<string, string>;
  cost: PolicyCost;
}

/** What a deployment makes. Pure. */
export function deployPreview(
  { stacks, memberTemplates }: PreviewedAssembly,
  accounts: readonly ExpectedAccount[],
  organization: Organization,
): DeployPreview {
  const covered = coveredIn(accounts);
  const hub = stacks.find(({ stackName }) => stackName === stackNames.hub);
  return {
    hub: hub === undefined ? [] : countsOf(hub.template),
    sets: memberTemplates
      .filter(({ stackSetName }) => stackSetName.startsWith(stackSetPrefix))
      .map(({ stackSetName, template }) => setOf(stackSetName, template, covered)),
    pilot: covered.filter(({ pilot }) => pilot).map(({ accountId }) => accountId),
    notCovered: new Map(
      accounts.flatMap(({ accountId, notCovered }) =>
        notCovered === undefined ? [] : [[accountId, notCovered]],
      ),
    ),
    cost: policyCost(organization, accounts),
  };
}

/** Where there are two sets of a kind, either may be an account's: both are told with it. */
function setOf(name: string, template: PreviewedTemplate, covered: readonly ExpectedAccount[]): PreviewedSet {
  const there = covered.flatMap(({ accountId, sets }) =>
    sets.filter(({ names }) => names.includes(name)).map(({ regions }) => ({ accountId, regions })),
  );
  return {
    name,
    resources: countsOf(template),
    accounts: there.map(({ accountId }) => accountId),
    instances: there.reduce((sum, { regions }) => sum + regions.length, 0),
    mayChange: changingActions(template),
  };
}

/** What a template makes, by kind. Pure. */
export function countsOf({ Resources }: PreviewedTemplate): ResourceCount[] {
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(Resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .sort((one, other) => (one.type < other.type ? -1 : 1));
}

/** Actions that roles are allowed, but for those that read, judging by their names. Pure. */
export function changingActions({ Resources }: PreviewedTemplate): string[] {
  const found = new Set<string>();
  for (const { Type, Properties } of Object.values(Resources))
    if (Type === 'AWS::IAM::Role') for (const action of actionsIn(Properties?.Policies)) found.add(action);
  return [...found]
    .filter((action) => !/^[\w-]+:(Get|List|Describe|Head|Lookup|Batch?Get)/.test(action))
    .sort();
}

function actionsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(actionsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, of]) =>
    key === 'Action' ? [of].flat().filter((each) => typeof each === 'string') : actionsIn(of),
  );
}
