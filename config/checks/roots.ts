import { isParentId, rootIdPattern, rootPartOf, rootPath } from '../formats';
import type { KeyPath } from '../key-path';
import { at, type Inconsistency, isObject, listAt, listsIn, objectsAt } from './document';

/** What is wrong between the ids of organizational units and the root. */
export function rootProblems(document: unknown): Inconsistency[] {
  return [...rootTwice(document), ...otherRoots(document)];
}

/** What says something by organizational unit. */
const sections = ['autoResponse', 'recorder'] as const;

/** An organization has one root, so its id and its path are two lines of the same level. */
function rootTwice(document: unknown): Inconsistency[] {
  return sections.flatMap((section) => {
    const units = at(document, section, 'organizationalUnits');
    if (!isObject(units) || !Object.hasOwn(units, rootPath)) return [];
    return Object.keys(units)
      .filter((key) => rootIdPattern.test(key))
      .map((key) => ({
        path: [section, 'organizationalUnits', key],
        message: 'this is the root, which stands here as / as well; remove one.',
        at: 'key' as const,
      }));
  });
}

/** Ids of two organizations in one policy: half of it would never apply. */
function otherRoots(document: unknown): Inconsistency[] {
  const parents = named(document).flatMap(({ id, path, at }) =>
    typeof id === 'string' && isParentId(id) ? [{ id, path, at }] : [],
  );
  const [first] = parents;
  return parents
    .filter(({ id }) => first && rootPartOf(id) !== rootPartOf(first.id))
    .map(({ id, path, at }) => ({
      path,
      message: `${id} lies under another root than ${first?.id}, so in another organization; correct one of them.`,
      at,
    }));
}

/** Everything that may be the id of an organizational unit or of the root. */
function named(document: unknown): { id: unknown; path: KeyPath; at: 'key' | 'value' }[] {
  const listed = (...keys: string[]) =>
    listAt(document, ...keys).map(({ value: id, path }) => ({ id, path, at: 'value' as const }));
  const keyed = sections.flatMap((section) => {
    const units = at(document, section, 'organizationalUnits');
    if (!isObject(units)) return [];
    return Object.keys(units).map((id) => ({
      id,
      path: [section, 'organizationalUnits', id],
      at: 'key' as const,
    }));
  });
  const exempt = objectsAt(document, 'exemptions').map(({ value, path }) => ({
    id: value.organizationalUnit,
    path: [...path, 'organizationalUnit'],
    at: 'value' as const,
  }));
  const inLists = [
    ...listsIn(document, 'freezes', 'organizationalUnits'),
    ...listsIn(document, 'people', 'where', 'organizationalUnits'),
    ...listsIn(document, ['slack', 'routes'], 'where', 'organizationalUnits'),
  ].map(({ value: id, path }) => ({ id, path, at: 'value' as const }));
  return [
    ...listed('targets'),
    ...listed('exclude'),
    ...listed('rollout', 'pilot'),
    ...keyed,
    ...exempt,
    ...listed('exemptionRules', 'byTag', 'organizationalUnits'),
    ...inLists,
  ];
}
