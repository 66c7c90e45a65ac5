import { readFileSync } from 'node:fs';
import { inconsistencies } from './checks/inconsistencies';
import type { CompiledPolicy } from './compiled';
import { exemptionsOf, freezesOf, levelsOf, tagRuleOf } from './entries';
import { peopleOf } from './people-entries';
import { PolicyError, type PolicyProblem } from './policy-error';
import type { RecorderSettings } from './recorder';
import { type OrganizationSettings, organizationSchema } from './schema/organization';
import { slackOf } from './slack-entries';
import type { Target } from './target';
import { YamlSource } from './yaml-source';
import { problemsOf } from './zod-problems';

/** In what waves a deployment goes through the accounts. */
export interface Rollout {
  /** What is deployed to first; nothing where it is empty. */
  pilot: Target[];
  /** How many accounts are deployed to at the same time; all where it is absent. */
  accountsAtOnce?: number;
}

/** The organization's policy: what `config/organization.yaml` says, with the line of each entry, `organization.yaml:31`. */
export interface Organization
  extends Pick<OrganizationSettings, 'organization' | 'hub' | 'limits' | 'lossy' | 'securityHub'>,
    Pick<
      CompiledPolicy,
      'regions' | 'approvals' | 'exemptions' | 'exemptionRules' | 'freezes' | 'people' | 'retention' | 'slack'
    > {
  /** What is watched. */
  targets: Target[];
  /** What of it is not; of the two, this counts. */
  exclude: Target[];
  recorder: RecorderSettings;
  rollout: Rollout;
  patrol: NonNullable<CompiledPolicy['patrol']>;
  thaw: NonNullable<CompiledPolicy['thaw']>;
  /** Organizational units by id or path, accounts by id or name. */
  autoResponse: Pick<CompiledPolicy, 'default' | 'organizationalUnits' | 'accounts'>;
}

/**
 * Reads the organization's policy from a file.
 * @param file path of the YAML file
 * @param name what it is called in problems and reports; its path unless given
 * @param now when it is read: exemptions that are over, or end too late, are problems; freezes that are over are left out
 * @throws PolicyError when it cannot be read, or is not right in every key; it lists every problem
 */
export function loadOrganization(file: string, name = file, now = new Date()): Organization {
  return parseOrganization(readPolicyText(file, name), name, now);
}

/**
 * Reads the organization's policy from text.
 * @param text the content of the file
 * @param file its name, for problems and reports
 * @param now when it is read
 * @throws PolicyError when it is not right in every key; it lists every problem
 */
export function parseOrganization(text: string, file: string, now = new Date()): Organization {
  const source = new YamlSource(text, file);
  if (source.value === null) {
    throw new PolicyError([
      { file, key: '', message: 'the file is empty; start from config/organization.yaml of the project.' },
    ]);
  }
  const parsed = organizationSchema.safeParse(source.value, { reportInput: true });
  const problems = [
    ...source.problems,
    ...problemsOf(source, parsed.error?.issues ?? [], organizationSchema),
    ...inconsistencies(source.value, now).map(({ path, message, at }) => source.problem(path, message, at)),
  ];
  if (parsed.success && problems.length === 0) return organizationOf(source, parsed.data, now);
  throw new PolicyError(inOrder(problems));
}

function organizationOf(source: YamlSource, said: OrganizationSettings, now: Date): Organization {
  const { organization, hub, targets, recorder, approvals, limits, lossy, patrol } = said;
  const { retention, securityHub, thaw } = said;
  const byTag = tagRuleOf(source, said);
  const people = peopleOf(source, said);
  return {
    organization,
    hub,
    regions: said.regions ?? [hub.region],
    targets,
    exclude: said.exclude,
    recorder,
    rollout: rolloutOf(said),
    autoResponse: levelsOf(source, said),
    approvals: { expireMinutes: approvals.expire },
    exemptions: exemptionsOf(source, said),
    exemptionRules: { maximumDays: said.exemptionRules.maximumDays, ...(byTag && { byTag }) },
    freezes: freezesOf(source, said, now),
    limits,
    lossy,
    patrol: { everyMinutes: patrol.every },
    thaw,
    ...(people && { people }),
    retention: { findingsDays: retention.findings, undoDays: retention.undo },
    slack: slackOf(source, said),
    securityHub,
  };
}

function rolloutOf({ rollout: { pilot, accountsAtOnce } }: OrganizationSettings): Rollout {
  return { pilot, ...(accountsAtOnce !== undefined && { accountsAtOnce }) };
}

/** The text of a policy file. @throws PolicyError when it cannot be read */
export function readPolicyText(file: string, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw new PolicyError([{ file: name, key: '', message: unreadable(error) }]);
  }
}

function unreadable(error: unknown): string {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT') {
    return 'the file does not exist; name another, or start from the example in the project, config/organization.yaml.';
  }
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'the file is not UTF-8 text; save it as UTF-8.';
  if (code === 'EISDIR') return 'it is a folder; name the file in it.';
  return `the file cannot be read (${code}).`;
}

/** In the order of the file; one problem a place, as a key that is wrong in itself is often also wrong beside others. */
function inOrder(problems: readonly PolicyProblem[]): PolicyProblem[] {
  const seen = new Set<string>();
  return problems
    .filter((problem) => {
      const place = `${problem.line}:${problem.column}:${problem.key}`;
      return seen.has(place) ? false : seen.add(place);
    })
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
