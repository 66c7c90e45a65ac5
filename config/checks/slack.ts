import { formatPath, type KeyPath } from '../key-path';
import { at, type Inconsistency, isObject, objectsAt } from './document';

/** What is wrong with `slack` beyond its single keys: one of two ids alone, and routes that say nothing, or the same again. */
export function slackProblems(document: unknown): Inconsistency[] {
  return [...oneIdAlone(document), ...routeProblems(document)];
}

function oneIdAlone(document: unknown): Inconsistency[] {
  const [team, app] = ['team', 'app'].map((key) => at(document, 'slack', key));
  const alone = (key: string, other: string): Inconsistency => ({
    path: ['slack', key],
    message: `turns nothing on by itself: add slack.${other}, or take it out.`,
    at: 'key',
  });
  if (team !== undefined && app === undefined) return [alone('team', 'app')];
  return app !== undefined && team === undefined ? [alone('app', 'team')] : [];
}

function routeProblems(document: unknown): Inconsistency[] {
  const central = at(document, 'slack', 'channel');
  const seen = new Map<string, KeyPath>();
  return objectsAt(document, 'slack', 'routes').flatMap(({ value, path }) => {
    const { channel, where, tags } = value;
    const problem = (key: string | undefined, message: string): Inconsistency => ({
      path: key === undefined ? path : [...path, key],
      message,
      at: 'key',
    });
    if (where === undefined && tags === undefined) {
      return [
        problem(undefined, 'says not what goes there: where or tags, or both. slack.channel has everything.'),
      ];
    }
    if (isObject(where) && Object.keys(where).length === 0) {
      return [problem('where', 'says nothing; name organizationalUnits or accounts.')];
    }
    if (channel !== undefined && channel === central) {
      return [problem('channel', 'this is slack.channel, which has everything already; take the route out.')];
    }
    const meant = JSON.stringify(inAnyOrder(value));
    const earlier = seen.get(meant);
    if (earlier === undefined) seen.set(meant, path);
    return earlier === undefined
      ? []
      : [problem(undefined, `says the same as ${formatPath(earlier)}; remove one.`)];
  });
}

/** The value with its keys and lists in an order of their own. */
function inAnyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(inAnyOrder(item))).toSorted();
  if (!isObject(value)) return value;
  return Object.entries(value)
    .map(([key, inner]) => [key, inAnyOrder(inner)])
    .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1));
}
