import type { PeopleEntry, Who } from '../config/compiled';
import { type Actor, personOf } from '../core/actor';
import type { Ordered } from './people-places';

/** Somebody whom the policy names, for people. */
export function whoText(who: Who): string {
  if ('role' in who) return `role ${who.role.name} of account ${who.role.account}`;
  if ('user' in who) return `user ${who.user.name} of account ${who.user.account}`;
  if ('owners' in who) return `role ${who.owners} of each account, in its own`;
  if ('slackUser' in who) return `Slack user ${who.slackUser}`;
  if ('slackGroup' in who) return `Slack user group ${who.slackGroup}`;
  const { email, permissionSet, account } = who.person;
  return `${email} with the permission set ${permissionSet} in account ${account}`;
}

/** What an entry of the policy would have to name for an actor; a sentence's object. */
export function nameableText(actor: Actor): string {
  if (actor.kind === 'slack') return `Slack user ${actor.user}, or a user group of theirs`;
  const { type, name, account } = actor;
  const person = personOf(actor);
  if (person) return `${person.name} with the permission set ${person.permissionSet} in account ${account}`;
  return type === 'root'
    ? `a role of account ${account}, as root is named nowhere`
    : `${type} ${name} of account ${account}`;
}

/** Where an entry counts, for people. @param own the account, for its owners */
export function whereText({ where }: PeopleEntry, own?: string): string {
  const { organizationalUnits = [], accounts = [], controls } = where ?? {};
  const places = [...organizationalUnits, ...accounts.map((key) => `account ${key}`)].join(', ');
  const place =
    own === undefined
      ? places || 'the whole organization'
      : `account ${own}${places && `, if it is or lies in ${places}`}`;
  return controls ? `${place}, findings of ${controls.join(', ')}` : place;
}

/** What an order is about, for people. */
export function orderedText(ordered: Ordered): string {
  switch (ordered.scope) {
    case 'organization':
      return 'the whole organization';
    case 'unit':
      return `the whole of organizational unit ${ordered.path[0]?.id ?? 'unknown'}`;
    case 'account': {
      const { place, control } = ordered;
      return `account ${place.accountId}${control === undefined ? '' : `, findings of ${control}`}`;
    }
  }
}
