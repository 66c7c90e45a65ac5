import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import type { CompiledPolicy } from '../../config/compiled';
import type { AccountPlace } from '../../config/place';
import { type Resolution, resolutionOf } from '../../config/resolution';
import { type Target, watchesManagement } from '../../config/target';
import type { CustomControl } from '../../controls/control';
import { customControls } from '../../controls/registry';
import type { NamesMeant } from '../explain/names-meant';
import {
  isWatched,
  type OrganizationStructure,
  placeOf,
  type StructureAccount,
} from '../organization/structure';

/**
 * How what holds for an account or a control differs from what is deployed: something would be fixed by itself that is not now,
 * something else is different, or nothing is.
 */
export type Difference = 'starts' | 'changes' | 'stays';

/** What would hold for a control in an account, and what holds now. */
export interface ControlPlan {
  control: string;
  difference: Difference;
  next: Resolution;
  /** Absent where no deployed policy is known, or the deployed one does not know the control. */
  now?: Resolution;
  /** What is dangerous by the parameters that would hold, and is not by those that hold now: a few words each. */
  newlyDangerous: string[];
}

/** What would hold in an account. */
export interface AccountPlan {
  account: StructureAccount;
  /** Whether it lies under a target, so that rules run in it. */
  watched: boolean;
  /** The greatest of its controls' differences. */
  difference: Difference;
  controls: ControlPlan[];
}

/** What the plan is made of. */
export interface Policies {
  next: CompiledPolicy;
  /** What is watched; absent where that is not known, and every account counts as watched. */
  targets?: readonly Target[];
  /** What of it is not. */
  exclude?: readonly Target[];
  /** Undefined where none is known: then everything is a difference. */
  deployed?: CompiledPolicy;
  /** What the names of each mean by the ledger; absent where it was not asked: then they mean what bears them now. */
  names?: { next: NamesMeant; deployed?: NamesMeant };
}

/**
 * What the policy would do in each account that it may reach, those first in which something would start being fixed, then
 * other differences. The management account is not watched, and in closed ones nothing runs. Pure.
 */
export function policyPlan(policies: Policies, structure: OrganizationStructure): AccountPlan[] {
  const management = watchesManagement({ ...policies.next, targets: policies.targets })
    ? undefined
    : policies.next.organization.managementAccount;
  return structure.accounts
    .filter(({ id, closed }) => id !== management && !closed)
    .map((account) => accountPlan(policies, structure, account))
    .sort(
      (one, other) =>
        order.indexOf(one.difference) - order.indexOf(other.difference) ||
        compare(one.account.unit.path, other.account.unit.path) ||
        compare(one.account.id, other.account.id),
    );
}

const order: readonly Difference[] = ['starts', 'changes', 'stays'];

function accountPlan(
  { next, targets, exclude, deployed, names }: Policies,
  structure: OrganizationStructure,
  account: StructureAccount,
): AccountPlan {
  const place = placeBy(names?.next, structure, account);
  const placeNow = placeBy(names?.deployed, structure, account);
  const watched = targets === undefined || isWatched({ targets, exclude }, account);
  const controls = customControls.map((control): ControlPlan => {
    const { id } = control;
    const resolution = resolutionOf(next, place, id);
    const now =
      deployed && Object.hasOwn(deployed.parameterDefaults, id)
        ? resolutionOf(deployed, placeNow, id)
        : undefined;
    const newlyDangerous = newlyDangerousTo(control, resolution, now);
    const difference = differenceOf(resolution, now, watched, newlyDangerous.length > 0);
    return { control: id, difference, next: resolution, ...(now && { now }), newlyDangerous };
  });
  const said = order.find((one) => controls.some((control) => control.difference === one)) ?? 'stays';
  // What is no longer watched changes only where something could be fixed until now.
  const loses = controls.some(({ now }) => now !== undefined && flagOf(now) !== 'off');
  const difference = watched || loses ? said : 'stays';
  return { account, watched, difference, controls };
}

/** Where an account lies, with what a policy's names mean. */
export function placeBy(
  names: NamesMeant | undefined,
  structure: OrganizationStructure,
  account: StructureAccount,
): AccountPlace {
  return { ...placeOf(structure, account), ...(names && { bound: names.bound }) };
}

/** A change of parameters can make something fixable that is not now, without any change of a flag. */
function newlyDangerousTo(control: CustomControl, next: Resolution, now: Resolution | undefined): string[] {
  if ('unresolved' in next || now === undefined || 'unresolved' in now) return [];
  if (isDeepStrictEqual(next.parameters, now.parameters)) return [];
  return control.newlyDangerous?.(now.parameters, z.parse(control.parameters, next.parameters)) ?? [];
}

function differenceOf(
  next: Resolution,
  now: Resolution | undefined,
  watched: boolean,
  isWider: boolean,
): Difference {
  if (watched && flagOf(next) === 'on' && (flagOf(now) !== 'on' || isWider)) return 'starts';
  return isDeepStrictEqual(essenceOf(next), essenceOf(now)) ? 'stays' : 'changes';
}

/** The flag; undefined where it is not known. */
export function flagOf(resolution: Resolution | undefined): 'off' | 'approval' | 'on' | undefined {
  return resolution && 'flag' in resolution ? resolution.flag : undefined;
}

/** A line that only moved makes no difference. */
function essenceOf(resolution: Resolution | undefined): unknown {
  if (resolution === undefined) return undefined;
  return 'unresolved' in resolution
    ? 'unresolved'
    : { flag: resolution.flag, parameters: resolution.parameters };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
