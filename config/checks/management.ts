import { at, type Inconsistency, isObject, listAt, listsIn, objectsAt } from './document';

/**
 * Service-managed stack sets never reach the management account, so what is said of it would never count, unless the targets name it,
 * so that somebody deploys to it by itself:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs.html
 */
export function managementProblems(document: unknown): Inconsistency[] {
  const management = at(document, 'organization', 'managementAccount');
  if (typeof management !== 'string') return [];
  const watched = listAt(document, 'targets').some(({ value }) => value === management);
  if (watched) return unreached(document, management);
  const said = 'this is the management account, which Staunch does not watch; take';
  const flags = at(document, 'autoResponse', 'accounts');
  const flagged =
    isObject(flags) && Object.hasOwn(flags, management)
      ? [{ path: ['autoResponse', 'accounts', management], message: `${said} its flag out.` }]
      : [];
  const exempt = objectsAt(document, 'exemptions')
    .filter(({ value }) => value.account === management)
    .map(({ path }) => ({ path: [...path, 'account'], message: `${said} the exemption out.` }));
  const frozen = listsIn(document, 'freezes', 'accounts')
    .filter(({ value }) => value === management)
    .map(({ path }) => ({ path, message: `${said} it out of the freeze.` }));
  const peopled = [
    ...listsIn(document, 'people', 'where', 'accounts'),
    ...listsIn(document, ['slack', 'routes'], 'where', 'accounts'),
  ]
    .filter(({ value }) => value === management)
    .map(({ path }) => ({ path, message: `${said} it out of where.` }));
  const placed = [['exclude'], ['rollout', 'pilot']].flatMap((keys) =>
    listAt(document, ...keys)
      .filter(({ value }) => value === management)
      .map(({ path }) => ({ path, message: `${said} it out of ${keys.join('.')}.` })),
  );
  const recorders = at(document, 'recorder', 'accounts');
  const recorded =
    isObject(recorders) && Object.hasOwn(recorders, management)
      ? [{ path: ['recorder', 'accounts', management], message: `${said} its recorder out.` }]
      : [];
  return [...flagged, ...exempt, ...frozen, ...peopled, ...placed, ...recorded];
}

/** What stack sets alone do. */
function unreached(document: unknown, management: string): Inconsistency[] {
  return listAt(document, 'rollout', 'pilot')
    .filter(({ value }) => value === management)
    .map(({ path }) => ({
      path,
      message: 'this is the management account, which no stack set reaches; take it out of the pilot.',
    }));
}
