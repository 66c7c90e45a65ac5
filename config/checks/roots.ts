import { isParentId, rootIdPattern, rootPartOf, rootPath } from '../formats';
import type { KeyPath } from '../key-path';
import { at, type Inconsistency, isObject, listsIn, objectsAt } from './document';

/** What is wrong between the ids of organizational units and the root. */
export function rootProblems(document: unknown): Inconsistency[] {
  return [...rootTwice(document), ...otherRoots(document)];
}

/** An organization has one root, so its id and its path are two lines of the same level. */
function rootTwice(document: unknown): Inconsistency[] {
  const flags = at(document, 'autoResponse', 'organizationalUnits');
  if (!isObject(flags) || !Object.hasOwn(flags, rootPath)) return [];
  return Object.keys(flags)
    .filter((key) => rootIdPattern.test(key))
    .map((key) => ({
      path: ['autoResponse', 'organizationalUnits', key],
      message: 'this is the root, which stands here as / as well; remove one.',
      at: 'key',
    }));
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
  const listed = (...path: string[]) => {
    const list = at(document, ...path);
    return Array.isArray(list)
      ? list.map((id: unknown, index) => ({ id, path: [...path, index], at: 'value' as const }))
      : [];
  };
  const flags = at(document, 'autoResponse', 'organizationalUnits');
  const flagged = isObject(flags)
    ? Object.keys(flags).map((id) => ({
        id,
        path: ['autoResponse', 'organizationalUnits', id],
        at: 'key' as const,
      }))
    : [];
  const exempt = objectsAt(document, 'exemptions').map(({ value, path }) => ({
    id: value.organizationalUnit,
    path: [...path, 'organizationalUnit'],
    at: 'value' as const,
  }));
  const inLists = [
    ...listsIn(document, 'freezes', 'organizationalUnits'),
    ...listsIn(document, 'people', 'where', 'organizationalUnits'),
  ].map(({ value: id, path }) => ({ id, path, at: 'value' as const }));
  return [
    ...listed('targets'),
    ...flagged,
    ...exempt,
    ...listed('exemptionRules', 'byTag', 'organizationalUnits'),
    ...inLists,
  ];
}
