import type { CompiledPolicy, Who } from '../../config/compiled';
import { permissionSetOf } from '../../core/actor';
import type { Right } from '../../core/right';
import { isUsable } from '../../decision/people-places';
import { whoText } from '../../decision/people-text';
import { listed } from '../text/listed';
import { mayMeet } from './areas';

/** Warns, a line each, where nobody could be the second of two persons, and of rights that no order can use. Pure. */
export function peopleWarnings(policy: CompiledPolicy): string[] {
  return [...nobodySecond(policy), ...unusable(policy)];
}

/** Whoever gives an order first is not the second; a role's sessions are one. */
function nobodySecond({ people }: CompiledPolicy): string[] {
  const entries = people?.entries ?? [];
  return (people?.twoPersons ?? []).flatMap((right) => {
    const may = entries.filter((entry) => entry.may.includes(right));
    const alone = may.flatMap((entry) => {
      const seconds = may
        .filter(({ where }) => mayMeet(entry.where, where))
        .flatMap(({ who }) => who.flatMap(personsOf));
      return entry.who
        .filter((who) => !seconds.some((second) => second === anybody || !personsOf(who).includes(second)))
        .map((who) => `${whoText(who)} (${entry.source})`);
    });
    if (alone.length === 0) return [];
    return [
      `Warning: ${right} takes two persons, and nobody could be the second after ${listed([...new Set(alone)])}. Name another person in people, with ${right} in may.`,
    ];
  });
}

/** Stands for all those who have a permission set, or are in a user group of Slack. */
const anybody = '*';

/** The persons that somebody whom the policy names may be. */
function personsOf(who: Who): string[] {
  if ('person' in who) return [who.person.email.toLowerCase()];
  if ('slackUser' in who) return [who.slackUser];
  if ('slackGroup' in who) return [anybody];
  const role = 'role' in who ? who.role.name : 'owners' in who ? who.owners : '';
  return permissionSetOf(role) === undefined ? [] : [anybody];
}

function unusable({ people }: CompiledPolicy): string[] {
  const said = (people?.entries ?? []).flatMap((entry) =>
    entry.may
      .filter((right) => !entry.who.some((who) => isUsable(entry, right, who)))
      .map((right) => `${right} (${entry.source}): ${whyUnusable(right)}`),
  );
  return said.length === 0 ? [] : [`Warning: no order can use ${listed(said)}.`];
}

function whyUnusable(right: Right): string {
  return right === 'preview'
    ? 'a preview is of the whole policy, which neither where nor owners can narrow'
    : 'it is about no finding, so that none of a control either';
}
