import { permissionSetOf } from '../../core/actor';
import { formatPath, type KeyPath } from '../key-path';
import { namedRole, namedUser } from '../principals';
import { oneOf, whoKinds } from '../schema/who';
import { at, type Inconsistency, isObject, objectsAt } from './document';

interface Said {
  value: Record<string, unknown>;
  path: KeyPath;
}

/** What is wrong with people beyond their single keys: whom an entry names, repetitions, and rights that nobody could use. */
export function peopleProblems(document: unknown): Inconsistency[] {
  const entries = objectsAt(document, 'people');
  const lists = [
    ...entries.map(({ value, path }) => whoIn(value.who, [...path, 'who'])),
    glassBreakers(document),
  ];
  return [
    ...lists.flatMap((list) => list.flatMap(oneOfThem)),
    ...lists.flatMap((list) => repeated(list, 'names the same as')),
    ...lists.flatMap((list) => list.flatMap((said) => withoutSlack(document, said))),
    ...entries.flatMap(saysWhere),
    ...repeated(entries, 'says the same as'),
    ...nobodySecond(document, entries),
  ];
}

function glassBreakers(document: unknown): Said[] {
  return whoIn(at(document, 'breakGlass'), ['breakGlass']);
}

function whoIn(list: unknown, path: KeyPath): Said[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) =>
    isObject(value) ? [{ value, path: [...path, index] }] : [],
  );
}

function oneOfThem({ value, path }: Said): Inconsistency[] {
  const [first, second] = whoKinds.filter((kind) => value[kind] !== undefined);
  if (first === undefined) {
    // Another key is told as that.
    return Object.keys(value).length > 0
      ? []
      : [{ path, message: `names nobody: ${oneOf(whoKinds)}.`, at: 'key' }];
  }
  return second === undefined
    ? []
    : [
        {
          path: [...path, second],
          message: `stands beside ${first}; begin an entry of its own with "- ".`,
          at: 'key',
        },
      ];
}

/** Whom Slack vouches for is somebody only where the policy says which workspace and which app. */
function withoutSlack(document: unknown, { value, path }: Said): Inconsistency[] {
  const isOn = ['team', 'app'].every((key) => at(document, 'slack', key) !== undefined);
  const kind = (['slackUser', 'slackGroup'] as const).find((one) => value[one] !== undefined);
  if (isOn || kind === undefined) return [];
  const message = 'nobody can be that: it takes slack.team and slack.app, which let people decide in Slack.';
  return [{ path: [...path, kind], message, at: 'key' }];
}

/** What says the same again may look like a right of its own that somebody takes away later, in vain. */
function repeated(list: readonly Said[], how: string): Inconsistency[] {
  const first = new Map<string, KeyPath>();
  return list.flatMap(({ value, path }) => {
    const meant = JSON.stringify(inAnyOrder(value));
    const earlier = first.get(meant);
    if (earlier === undefined) first.set(meant, path);
    return earlier === undefined
      ? []
      : [{ path, message: `${how} ${formatPath(earlier)}; remove one.`, at: 'key' as const }];
  });
}

/** The value with its keys and lists in an order of their own, and ARNs as they are matched: without paths. */
function inAnyOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => JSON.stringify(inAnyOrder(item))).toSorted();
  }
  if (isObject(value)) {
    return Object.entries(value)
      .map(([key, inner]) => [key, inAnyOrder(inner)])
      .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1));
  }
  return typeof value === 'string' ? (namedRole(value) ?? namedUser(value) ?? value) : value;
}

function saysWhere({ value, path }: Said): Inconsistency[] {
  if (!isObject(value.where) || Object.keys(value.where).length > 0) return [];
  return [
    {
      path: [...path, 'where'],
      message: 'says nothing; leave it out for the whole organization.',
      at: 'key',
    },
  ];
}

/** The second of two has to be a person, so that one has to be named who may. */
function nobodySecond(document: unknown, entries: readonly Said[]): Inconsistency[] {
  const twoPersons = at(document, 'twoPersons');
  if (!Array.isArray(twoPersons)) return [];
  return twoPersons.flatMap((right: unknown, index) => {
    const could = entries.some(
      ({ value }) =>
        Array.isArray(value.may) && value.may.includes(right) && whoIn(value.who, []).some(mayBePerson),
    );
    return could
      ? []
      : [
          {
            path: ['twoPersons', index],
            message:
              'nobody could be the second: no entry of people lets a person do this. Name one with person, slackUser or slackGroup, or the role of a permission set.',
          },
        ];
  });
}

/** A person, somebody in Slack, or the role that Identity Center made for a permission set. */
function mayBePerson({ value: { person, role, owners, slackUser, slackGroup } }: Said): boolean {
  const names = [typeof role === 'string' ? namedRole(role)?.name : undefined, owners];
  return (
    [person, slackUser, slackGroup].some((one) => one !== undefined) ||
    names.some((name) => typeof name === 'string' && permissionSetOf(name) !== undefined)
  );
}
