import type { CompiledPolicy, PeopleEntry, Who } from '../../../config/compiled';
import type { Actor } from '../../../core/actor';
import type { Right } from '../../../core/right';
import type { Ordered } from '../../../decision/people-places';
import { idsOfKeys, nodes } from './people';

/** What comes of an order: it is allowed, by one or by two, in an emergency, or not at all. */
export type Outcome = 'allowed' | 'two' | 'glass' | 'refused';

/**
 * Who may what, once more, the other way round: from what an entry names down to all that lies in it, and from an actor to all
 * the names that it could have in the policy.
 */
export function expectedOf(
  actor: Actor,
  right: Right,
  ordered: Ordered,
  { people, hub }: CompiledPolicy,
): Outcome {
  const names = namesOf(actor);
  const target = targetOf(ordered);
  const byEntry = (people?.entries ?? []).some((entry) => {
    const called = entry.who.map(nameOf).filter((name) => names.has(name));
    const isOwn = called.some((name) => !name.startsWith('owners ')) || target === accountOf(actor);
    return (
      called.length > 0 && isOwn && entry.may.some((may) => may === right) && reaches(entry, right, ordered)
    );
  });
  const breaker = (people?.breakGlass?.who ?? []).map(nameOf).some((name) => names.has(name));
  const glass = breaker && (right === 'approve' || right === 'undo');
  const two = people?.twoPersons.some((one) => one === right) === true;
  if (byEntry && !two) return 'allowed';
  if (glass) return 'glass';
  if (breaker && right === 'view') return 'allowed';
  if (byEntry) return 'two';
  const unnamed = people === undefined || people.entries.length === 0;
  const byHub = unnamed && accountOf(actor) === hub.account && ['preview', 'pause'].includes(right);
  return byHub ? 'allowed' : 'refused';
}

function accountOf(actor: Actor): string | undefined {
  return 'account' in actor ? actor.account : undefined;
}

function targetOf(ordered: Ordered): string {
  if (ordered.scope === 'account') return ordered.place.accountId;
  return ordered.scope === 'unit' ? (ordered.path[0]?.id ?? '') : 'r-abcd';
}

function reaches({ where }: PeopleEntry, right: Right, ordered: Ordered): boolean {
  if (!where) return true;
  const isFindings = !['preview', 'pause', 'thaw', 'limits'].includes(right);
  const about = isFindings && ordered.scope === 'account' ? ordered.control : undefined;
  if (where.controls !== undefined && !where.controls.some((control) => control === about)) return false;
  const named = [...(where.organizationalUnits ?? []), ...(where.accounts ?? [])];
  if (named.length === 0) return true;
  return territory(named.map((key) => idsOfKeys[key] ?? '')).has(targetOf(ordered));
}

const territories = new Map<string, Set<string>>();

/** All that lies in what is named, itself too. */
function territory(ids: readonly string[]): Set<string> {
  const known = territories.get(ids.join());
  if (known) return known;
  const reached = new Set(ids);
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const { id, above } of nodes) if (reached.has(above)) reached.add(id);
  }
  territories.set(ids.join(), reached);
  return reached;
}

function nameOf(who: Who): string {
  if ('owners' in who) return `owners ${who.owners}`;
  if ('role' in who) return `role ${who.role.account} ${who.role.name}`;
  if ('user' in who) return `user ${who.user.account} ${who.user.name}`;
  if ('slackUser' in who) return `slack T0123456789 ${who.slackUser}`;
  if ('slackGroup' in who) return `slack T0123456789 ${who.slackGroup}`;
  const { permissionSet, email, account } = who.person;
  return `person ${permissionSet} ${email} ${account}`;
}

function namesOf(actor: Actor): Set<string> {
  if (actor.kind === 'slack') {
    return new Set([actor.user, ...actor.groups].map((id) => `slack ${actor.team} ${id}`));
  }
  const { type, account, name, session = '' } = actor;
  if (type === 'root') return new Set();
  const names = new Set([`${type} ${account} ${name}`]);
  if (type === 'user') return names;
  names.add(`owners ${name}`);
  if (name.startsWith('AWSReservedSSO_')) {
    const permissionSet = name.split('_')[1];
    names.add(`person ${permissionSet} ${session} ${account}`);
  }
  return names;
}
