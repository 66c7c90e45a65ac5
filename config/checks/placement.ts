import { rootIdPattern, rootPath } from '../formats';
import { at, type Inconsistency, isObject, listAt } from './document';

/** What is wrong between what is deployed to, what is left out, what comes first, and whose recorder stands there. */
export function placementProblems(document: unknown): Inconsistency[] {
  return [
    ...leftOutToo(document, ['targets']),
    ...leftOutToo(document, ['rollout', 'pilot']),
    ...everythingLeftOut(document),
    ...nothingToRecord(document),
  ];
}

/** What is excluded is excluded, whatever else is said of it. */
function leftOutToo(document: unknown, keys: readonly string[]): Inconsistency[] {
  const excluded = new Set(listAt(document, 'exclude').map(({ value }) => value));
  return listAt(document, ...keys)
    .filter(({ value }) => excluded.has(value))
    .map(({ path }) => ({ path, message: 'exclude lists this as well; remove one.' }));
}

function everythingLeftOut(document: unknown): Inconsistency[] {
  return listAt(document, 'exclude')
    .filter(({ value }) => value === rootPath || (typeof value === 'string' && rootIdPattern.test(value)))
    .map(({ path }) => ({
      path,
      message: 'this is the root, so that nothing would be watched; take it out.',
    }));
}

/** How often to record says nothing where no recorder is Staunch's own. */
function nothingToRecord(document: unknown): Inconsistency[] {
  const recorder = at(document, 'recorder');
  if (!isObject(recorder) || recorder.frequency === undefined) return [];
  const said = [
    recorder.default ?? 'own',
    ...['organizationalUnits', 'accounts'].flatMap((key) => {
      const modes = recorder[key];
      return isObject(modes) ? Object.values(modes) : [];
    }),
  ];
  if (said.includes('own')) return [];
  const message = "frequency is of Staunch's own recorders, and there are none; take it out.";
  return [{ path: ['recorder', 'frequency'], message }];
}
