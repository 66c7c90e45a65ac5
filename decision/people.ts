import type { CompiledPolicy, People, PeopleEntry, Who } from '../config/compiled';
import type { AccountPlace } from '../config/place';
import { UnresolvedPolicyError } from '../config/unresolved';
import { type Actor, actorText, personOf } from '../core/actor';
import { type Right, rights } from '../core/right';
import { covers, isUsable, type LocatedOrder, locateOrder, type Ordered } from './people-places';
import { nameableText, orderedText, whereText, whoText } from './people-text';

/** Whether somebody may give an order. */
export type OrderRuling =
  /** `because`: the line of the policy that allows it, in a sentence. */
  | { allowed: true; because: string; breakGlass?: true; needsSecondPerson?: true }
  /** `wouldAllow`: what is not allowed, and what would allow it, in sentences. Their text of strangers is harmless. */
  | { allowed: false; wouldAllow: string };

/** What principals of the hub's account may while the policy names nobody: to look, and to hold. */
const rightsOfHub: readonly Right[] = ['preview', 'pause'];
/** Without `view` nobody could see what there is to decide on; it changes nothing, and needs no reason. */
const rightsOfGlassBreakers: readonly Right[] = ['view', 'approve', 'undo'];
const noPeople: People = { entries: [], twoPersons: [] };

/**
 * Whether somebody may give an order. Nobody may, unless the policy names them. Pure.
 * @param right what the order takes
 * @param ordered what it is about
 */
export function mayOrder(actor: Actor, right: Right, ordered: Ordered, policy: CompiledPolicy): OrderRuling {
  const { entries, twoPersons, breakGlass } = policy.people ?? noPeople;
  const takesTwo = twoPersons.includes(right);
  const located = locatedOr(policy, right, ordered);
  const entry =
    'unlocated' in located
      ? undefined
      : entries.find((one) => one.may.includes(right) && naming(one, actor, located) && covers(one, located));
  if (entry && !takesTwo) return { allowed: true, because: becauseOf(entry, right) };
  const breaks = rightsOfGlassBreakers.includes(right) && breakGlass?.who.find((who) => isMeant(who, actor));
  if (breaks) {
    const because = `Break-glass: ${whoText(breaks)} may ${right} anything (${breakGlass?.source}).`;
    return { allowed: true, because, ...(right !== 'view' && { breakGlass: true }) };
  }
  if (entry) return { allowed: true, because: becauseOf(entry, right), needsSecondPerson: true };
  if ('unlocated' in located) {
    return { allowed: false, wouldAllow: `Who may what there cannot be told: ${located.unlocated}` };
  }
  if (entries.length === 0 && isOfHub(actor, policy) && rightsOfHub.includes(right)) {
    return { allowed: true, because: `The policy has no people: principals of the hub may ${right}.` };
  }
  return { allowed: false, wouldAllow: wouldAllow(actor, right, ordered, entries) };
}

/**
 * What somebody is told who orders something about what is not there: as who may it everywhere, that it is not; as anybody else, the
 * same as if it were. Nobody learns by it what there is elsewhere. Pure.
 * @param ordered what it would be about; `place` and `path` need no more than the id
 * @param absence a sentence
 */
export function refusalOfAbsent(
  actor: Actor,
  right: Right,
  { ordered, absence }: { ordered: Ordered; absence: string },
  policy: CompiledPolicy,
): Extract<OrderRuling, { allowed: false }> {
  const { entries } = policy.people ?? noPeople;
  return mayOrder(actor, right, { scope: 'organization' }, policy).allowed
    ? { allowed: false, wouldAllow: absence }
    : { allowed: false, wouldAllow: wouldAllow(actor, right, ordered, entries) };
}

/** Whether somebody may see the findings of a control in an account. Pure. */
export function mayView(actor: Actor, place: AccountPlace, control: string, policy: CompiledPolicy): boolean {
  return mayOrder(actor, 'view', { scope: 'account', place, control }, policy).allowed;
}

/** Something that somebody may, and where. */
export interface GrantedRight {
  right: Right;
  /** For people: `the whole organization`, `/Workloads/Prod, findings of s3-public-access`. */
  where: string;
  /** The line of the policy, `organization.yaml:41`. */
  source: string;
  needsSecondPerson?: true;
  breakGlass?: true;
}

/** Everything that somebody may, in the order of the policy; nothing where it names nobody like that. Pure. */
export function allRights(actor: Actor, policy: CompiledPolicy): GrantedRight[] {
  const { entries, twoPersons, breakGlass } = policy.people ?? noPeople;
  if (entries.length === 0 && isOfHub(actor, policy)) {
    const source = 'the policy has no people';
    return [
      ...rightsOfHub.map((right) => ({ right, where: 'the whole organization', source })),
      ...broken(actor, breakGlass),
    ];
  }
  const granted = entries.flatMap((entry) => {
    const by = entry.who.filter((who) => isMeant(who, actor));
    // Whoever is meant in several ways may most by another way than as an owner.
    const who = by.find((one) => !('owners' in one)) ?? by[0];
    if (!who) return [];
    const where = whereText(entry, 'owners' in who ? actor.account : undefined);
    return rights
      .filter((right) => entry.may.includes(right) && isUsable(entry, right, who))
      .map((right) => ({
        right,
        where,
        source: entry.source,
        ...(twoPersons.includes(right) && { needsSecondPerson: true as const }),
      }));
  });
  return [...granted, ...broken(actor, breakGlass)];
}

function broken(actor: Actor, breakGlass: People['breakGlass']): GrantedRight[] {
  if (!breakGlass?.who.some((who) => isMeant(who, actor))) return [];
  const { source } = breakGlass;
  return rightsOfGlassBreakers.map((right) => ({
    right,
    where: 'the whole organization',
    source,
    ...(right !== 'view' && { breakGlass: true as const }),
  }));
}

function isOfHub({ account }: Actor, { hub }: CompiledPolicy): boolean {
  return account === hub.account;
}

function locatedOr(
  policy: CompiledPolicy,
  right: Right,
  ordered: Ordered,
): LocatedOrder | { unlocated: string } {
  try {
    return locateOrder(policy, right, ordered);
  } catch (error) {
    if (error instanceof UnresolvedPolicyError) return { unlocated: error.message };
    throw error;
  }
}

/** Whether an entry names somebody for what an order is about: owners for their own account alone. */
function naming({ who }: PeopleEntry, actor: Actor, { accountId }: LocatedOrder): boolean {
  return who.some((one) => isMeant(one, actor) && (!('owners' in one) || accountId === actor.account));
}

/** Whether the policy means somebody; by `owners`, in their own account. Sessions count for persons alone. */
function isMeant(who: Who, actor: Actor): boolean {
  const { account, type, name } = actor;
  if ('role' in who) return type === 'role' && who.role.account === account && who.role.name === name;
  if ('user' in who) return type === 'user' && who.user.account === account && who.user.name === name;
  if ('owners' in who) return type === 'role' && who.owners === name;
  const person = personOf(actor);
  return (
    person !== undefined &&
    who.person.email === person.name &&
    who.person.permissionSet === person.permissionSet &&
    who.person.account === account
  );
}

function becauseOf(entry: PeopleEntry, right: Right): string {
  return `The policy allows it: ${right}, ${whereText(entry)} (${entry.source}).`;
}

function wouldAllow(actor: Actor, right: Right, ordered: Ordered, entries: readonly PeopleEntry[]): string {
  const what = orderedText(ordered);
  const needed = `It takes an entry of people in the policy that names ${nameableText(actor)}, has ${right} in may, and counts for ${what}.`;
  const near = entries.flatMap((entry) => {
    const by = entry.who.find((who) => isMeant(who, actor));
    if (!by) return [];
    const missing = entry.may.includes(right)
      ? `counts for ${whereText(entry, 'owners' in by ? actor.account : undefined)} only`
      : `has ${entry.may.join(', ')} only`;
    return [`The entry at ${entry.source} ${missing}.`];
  });
  return [`${actorText(actor)} may not ${right} here.`, needed, ...near].join(' ');
}
