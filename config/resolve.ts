import type { JsonObject } from '../core/json';
import type { Flag } from '../core/report';
import type { CompiledPolicy, Level } from './compiled';
import { type AccountPlace, type LocatedUnit, locate, locateUnits, type PlaceUnit } from './place';
import { UnresolvedPolicyError } from './unresolved';

/** What decides parameters where no level gives any. */
export const controlDefaults = "the control's defaults";

/** What the policy says of an account and a control, and why. */
export interface Resolved {
  flag: Flag;
  /** What decided the flag, for people: `/Workloads/Prod (organization.yaml:31)`. */
  decidedBy: string;
  /** The control's parameters, complete. */
  parameters: JsonObject;
  /** What decided them, for people; `the control's defaults` where no level gives any. */
  parametersDecidedBy: string;
  /** Everything that was looked at, the most specific first. */
  steps: Step[];
}

/** One place where it was looked, and what the policy says there. Says nothing without flag and parameters. */
export interface Step {
  /** For people: `account 333333333333`, `/Workloads/Prod`, `s3-public-access in /Workloads/Prod`, `the default`. */
  what: string;
  flag?: { value: Flag; source: string; decides: boolean };
  parameters?: { values: JsonObject; source: string; decides: boolean };
}

/**
 * What holds for a control in an account. The most specific line decides: account and control, account, nearest organizational
 * unit and control, nearest unit, the next one up, …, default and control, default. Parameters are looked for in the same
 * order, and the first level that gives any gives all of them.
 * @param policy as it was compiled
 * @param place where the account lies now; with names where `usesNames`, with units' names where `usesPaths`
 * @throws UnresolvedPolicyError when it cannot be told for certain: the place is not known up to the root, a name is
 *   ambiguous, two lines of the same level contradict each other, or the control is none that Staunch can fix
 */
export function resolve(policy: CompiledPolicy, place: AccountPlace, controlId: string): Resolved {
  const located = locate(policy, place);
  const account = onlyEntry(policy.accounts, located.account);
  const own = { name: `account ${account?.key ?? place.accountId}`, level: account?.level };
  return resolveIn(policy, [own], located.units, controlId);
}

/**
 * What holds for a control in an account that joins a unit, and of which the policy says nothing itself.
 * @param path the unit itself first, the root last
 * @throws UnresolvedPolicyError as `resolve` does
 */
export function resolveAt(policy: CompiledPolicy, path: readonly PlaceUnit[], controlId: string): Resolved {
  return resolveIn(policy, [], locateUnits(policy, path), controlId);
}

function resolveIn(
  policy: CompiledPolicy,
  own: readonly NamedLevel[],
  units: readonly LocatedUnit[],
  controlId: string,
): Resolved {
  if (!Object.hasOwn(policy.parameterDefaults, controlId)) {
    throw new UnresolvedPolicyError(`The policy knows no control ${controlId} that can be fixed.`);
  }
  const levels = [
    ...own,
    ...units.map((unit) => unitLevel(policy, unit)),
    { name: 'the default', level: policy.default },
  ];
  const steps = levels.flatMap(({ name, level }) => stepsOf(name, level, controlId));
  return decided(steps, policy.parameterDefaults[controlId] ?? {});
}

interface NamedLevel {
  name: string;
  level: Level | undefined;
}

function unitLevel({ organizationalUnits }: CompiledPolicy, { id, path, keys }: LocatedUnit): NamedLevel {
  const entry = onlyEntry(organizationalUnits, keys);
  return { name: entry?.key ?? path ?? id, level: entry?.level };
}

/** The one entry that means this; two of them, even with the same words, would hide which one somebody relies on. */
function onlyEntry(
  entries: Readonly<Record<string, Level>>,
  keys: readonly string[],
): { key: string; level: Level } | undefined {
  // Own keys only: a name is never one that every object has.
  const found = keys.flatMap((key) => {
    const level = Object.hasOwn(entries, key) ? entries[key] : undefined;
    return level ? [{ key, level }] : [];
  });
  if (found.length <= 1) return found[0];
  const both = found.map(({ key, level }) => `${key} (${level.source})`).join(' and as ');
  throw new UnresolvedPolicyError(`The policy names the same twice, as ${both}; remove one.`);
}

function stepsOf(name: string, level: Level | undefined, controlId: string): Step[] {
  const control = level && Object.hasOwn(level.controls, controlId) ? level.controls[controlId] : undefined;
  return [
    {
      what: `${controlId} in ${name}`,
      ...(control?.flag && { flag: { value: control.flag, source: control.source, decides: false } }),
      ...(control?.parameters && { parameters: { ...control.parameters, decides: false } }),
    },
    { what: name, ...(level?.flag && { flag: { value: level.flag, source: level.source, decides: false } }) },
  ];
}

function decided(steps: Step[], defaults: JsonObject): Resolved {
  const flagAt = steps.find(({ flag }) => flag !== undefined);
  const parametersAt = steps.find(({ parameters }) => parameters !== undefined);
  if (!flagAt?.flag) throw new UnresolvedPolicyError('The policy has no default flag.');
  const { what, flag } = flagAt;
  return {
    flag: flag.value,
    decidedBy: `${what} (${flag.source})`,
    parameters: parametersAt?.parameters?.values ?? defaults,
    parametersDecidedBy: parametersAt?.parameters
      ? `${parametersAt.what} (${parametersAt.parameters.source})`
      : controlDefaults,
    steps: steps.map((step) => ({
      ...step,
      ...(step.flag && { flag: { ...step.flag, decides: step === flagAt } }),
      ...(step.parameters && { parameters: { ...step.parameters, decides: step === parametersAt } }),
    })),
  };
}
