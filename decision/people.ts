import type { CompiledPolicy, People, PeopleEntry, Who } from '../config/compiled';
import type { AccountPlace } from '../config/place';
import { UnresolvedPolicyError } from '../config/unresolved';
import { type Actor, actorText, personOf, type SlackActor } from '../core/actor';
import { type Right, rights } from '../core/right';
import { covers, isUsable, type LocatedOrder, locateOrder, type Ordered } from './people-places';
import { nameableText, orderedText, whereText, whoText } from './people-text';

/** Whether somebody may give an order. */
export type OrderRuling =
  /** `because`: the line of the policy that allows it, in a sentence. */
  | { allowed: true; because: string; breakGlass?: true; needsSecondPerson?: true }
  /**
   * `wouldAllow`: what is not allowed, and what would allow it, in sentences. Their text of strangers is harmless. `needsReason`: the same
   * order with a reason is allowed.
   */
  | { allowed: false; wouldAllow: string; needsReason?: true };

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
      : entries.find(
          (one) => one.may.includes(right) && naming(one, actor, located, policy) && covers(one, located),
        );
  if (entry && !takesTwo) return { allowed: true, because: becauseOf(entry, right) };
  const breaks =
    rightsOfGlassBreakers.includes(right) && breakGlass?.who.find((who) => isMeant(who, actor, policy));
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
  return { allowed: false, wouldAllow: wouldAllow(actor, right, ordered, policy) };
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
  return mayOrder(actor, right, { scope: 'organization' }, policy).allowed
    ? { allowed: false, wouldAllow: absence }
    : { allowed: false, wouldAllow: wouldAllow(actor, right, ordered, policy) };
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
  const { entries, twoPersons } = policy.people ?? noPeople;
  if (entries.length === 0 && isOfHub(actor, policy)) {
    const source = 'the policy has no people';
    return [
      ...rightsOfHub.map((right) => ({ right, where: 'the whole organization', source })),
      ...broken(actor, policy),
    ];
  }
  const granted = entries.flatMap((entry) => {
    const by = entry.who.filter((who) => isMeant(who, actor, policy));
    // Whoever is meant in several ways may most by another way than as an owner.
    const who = by.find((one) => !('owners' in one)) ?? by[0];
    if (!who) return [];
    const where = whereText(entry, 'owners' in who ? accountOf(actor) : undefined);
    return rights
      .filter((right) => entry.may.includes(right) && isUsable(entry, right, who))
      .map((right) => ({
        right,
        where,
        source: entry.source,
        ...(twoPersons.includes(right) && { needsSecondPerson: true as const }),
      }));
  });
  return [...granted, ...broken(actor, policy)];
}

function broken(actor: Actor, policy: CompiledPolicy): GrantedRight[] {
  const { breakGlass } = policy.people ?? noPeople;
  if (!breakGlass?.who.some((who) => isMeant(who, actor, policy))) return [];
  const { source } = breakGlass;
  return rightsOfGlassBreakers.map((right) => ({
    right,
    where: 'the whole organization',
    source,
    ...(right !== 'view' && { breakGlass: true as const }),
  }));
}

function isOfHub(actor: Actor, { hub }: CompiledPolicy): boolean {
  return accountOf(actor) === hub.account;
}

/** The account that a principal of AWS belongs to. */
function accountOf(actor: Actor): string | undefined {
  return actor.kind === 'aws' ? actor.account : undefined;
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
function naming(
  { who }: PeopleEntry,
  actor: Actor,
  { accountId }: LocatedOrder,
  policy: CompiledPolicy,
): boolean {
  return who.some(
    (one) =>
      isMeant(one, actor, policy) &&
      (!('owners' in one) || (accountId !== undefined && accountId === accountOf(actor))),
  );
}

/** Whether the policy means somebody; by `owners`, in their own account. Sessions count for persons alone. */
function isMeant(who: Who, actor: Actor, policy: CompiledPolicy): boolean {
  if (actor.kind === 'slack') return isMeantInSlack(who, actor, policy);
  const { account, type, name } = actor;
  if ('role' in who) return type === 'role' && who.role.account === account && who.role.name === name;
  if ('user' in who) return type === 'user' && who.user.account === account && who.user.name === name;
  if ('owners' in who) return type === 'role' && who.owners === name;
  if (!('person' in who)) return false;
  const person = personOf(actor);
  return (
    person !== undefined &&
    who.person.email === person.name &&
    who.person.permissionSet === person.permissionSet &&
    who.person.account === account
  );
}

/** Ids of users and groups are a workspace's own: those of another one name nobody here. */
function isMeantInSlack(who: Who, { team, user, groups }: SlackActor, { slack }: CompiledPolicy): boolean {
  if (slack.team === undefined || slack.app === undefined || slack.team !== team) return false;
  if ('slackUser' in who) return who.slackUser === user;
  return 'slackGroup' in who && groups.includes(who.slackGroup);
}

function becauseOf(entry: PeopleEntry, right: Right): string {
  return `The policy allows it: ${right}, ${whereText(entry)} (${entry.source}).`;
}

function wouldAllow(actor: Actor, right: Right, ordered: Ordered, policy: CompiledPolicy): string {
  const { entries } = policy.people ?? noPeople;
  const what = orderedText(ordered);
  const needed = `It takes an entry of people in the policy that names ${nameableText(actor)}, has ${right} in may, and counts for ${what}.`;
  const near = entries.flatMap((entry) => {
    const by = entry.who.find((who) => isMeant(who, actor, policy));
    if (!by) return [];
    const missing = entry.may.includes(right)
      ? `counts for ${whereText(entry, 'owners' in by ? accountOf(actor) : undefined)} only`
      : `has ${entry.may.join(', ')} only`;
    return [`The entry at ${entry.source} ${missing}.`];
  });
  return [`${actorText(actor)} may not ${right} here.`, needed, ...near].join(' ');
}
