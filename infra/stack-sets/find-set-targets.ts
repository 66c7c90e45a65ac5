import type { CompiledPolicy, Level } from '../../config/compiled';
import { isUnitPath } from '../../config/formats';
import type { SavedStructure } from '../../config/saved-structure';
import { structureCommand } from '../../config/structure-file';
import { StructurePlaces } from '../../config/structure-places';
import { isAccountTarget } from '../../config/target';
import { UnresolvedPolicyError } from '../../config/unresolved';
import { type AllTargets, StructureNeededError } from './set-targets';
import { saysOf, targetsByIds } from './targets-by-ids';
import { targetsByStructure } from './targets-by-structure';

/**
 * Where each stack set deploys to. Pure.
 * @param structure what lies where; without it the policy's ids have to say enough
 * @param keepRemediation ids of watched accounts that keep the role that can write whatever their flags say, so that fixes can be undone
 * @throws StructureNeededError when they do not
 * @throws UnresolvedPolicyError when it cannot be told what the policy means, and more might be deployed than it asks for
 */
export function findSetTargets(
  policy: CompiledPolicy,
  structure: SavedStructure | undefined,
  keepRemediation: readonly string[] = [],
): AllTargets {
  if (!structure) {
    if (keepRemediation.length === 0) return targetsByIds(policy);
    throw new StructureNeededError(
      'keepRemediation',
      'an account is reached through the unit that it lies in',
    );
  }
  try {
    const places = new StructurePlaces(structure);
    checkKnown(policy, keepRemediation, places);
    return targetsByStructure(policy, places, new Set(keepRemediation));
  } catch (error) {
    if (!(error instanceof UnresolvedPolicyError)) throw error;
    throw new UnresolvedPolicyError(
      `${error.message} If the organization has changed, read it anew: ${structureCommand}`,
      { cause: error },
    );
  }
}

/** What is younger than the structure would be deployed to, or left out, or get more than it should, in silence. */
function checkKnown(
  policy: CompiledPolicy,
  keepRemediation: readonly string[],
  places: StructurePlaces,
): void {
  const { targets = [], exclude = [], recorder, rollout } = policy;
  const { ids, names } = accountsIn(places);
  const isUnit = (key: string) => (isUnitPath(key) ? places.unitsAt(key).length > 0 : places.hasUnit(key));
  const isTarget = (key: string) => (isAccountTarget(key) ? ids.has(key) : isUnit(key));
  const isAccount = (key: string) => ids.has(key) || names.has(key);
  const said: [string, readonly string[], (key: string) => boolean][] = [
    ['targets', targets, isTarget],
    ['exclude', exclude, isTarget],
    ['rollout.pilot', rollout?.pilot ?? [], isTarget],
    ['keepRemediation', keepRemediation, isTarget],
    ['recorder.accounts', Object.keys(recorder?.accounts ?? {}), isAccount],
    ['recorder.organizationalUnits', Object.keys(recorder?.organizationalUnits ?? {}), isUnit],
    ['autoResponse.accounts', turnedOff(policy, policy.accounts), isAccount],
    ['autoResponse.organizationalUnits', turnedOff(policy, policy.organizationalUnits), isUnit],
  ];
  for (const [section, keys, isKnown] of said) {
    const unknown = keys.find((key) => !isKnown(key));
    if (unknown === undefined) continue;
    const what = isUnitPath(unknown)
      ? 'no organizational unit has this path.'
      : 'the structure file does not know it.';
    throw new UnresolvedPolicyError(
      `${section}: ${unknown}: ${what} Take it out if the organization has it no more.`,
    );
  }
}

function accountsIn({ structure }: StructurePlaces): Record<'ids' | 'names', ReadonlySet<string>> {
  const { accounts } = structure;
  return { ids: new Set(accounts.map(({ id }) => id)), names: new Set(accounts.map(({ name }) => name)) };
}

/** Where flags keep the role that can write away, as far as something has it brought anywhere. */
function turnedOff(policy: CompiledPolicy, levels: Readonly<Record<string, Level>>): string[] {
  const all = [
    policy.default,
    ...Object.values(policy.organizationalUnits),
    ...Object.values(policy.accounts),
  ];
  if (!all.some((level) => saysOf(level, policy) === 'on')) return [];
  return Object.entries(levels).flatMap(([key, level]) =>
    ['off', 'something else'].includes(saysOf(level, policy)) ? [key] : [],
  );
}
