import { present } from '../core/present';
import type { People, Who } from './compiled';
import { lineOf } from './entries';
import { namedRole, namedUser } from './principals';
import type { OrganizationSettings } from './schema/organization';
import type { SaidWho } from './schema/who';
import type { YamlSource } from './yaml-source';

/** Who may what, each entry with the line at which it begins; undefined where the policy names nobody. */
export function peopleOf(
  source: YamlSource,
  { hub, people, twoPersons, breakGlass }: OrganizationSettings,
): People | undefined {
  if (!people && !twoPersons && !breakGlass) return undefined;
  return {
    entries: (people ?? []).map(({ who, may, where }, index) => ({
      who: who.flatMap((said) => whoOf(said, hub.account)),
      may,
      ...(where && { where: present(where) }),
      source: lineOf(source, ['people', index]),
    })),
    twoPersons: twoPersons ?? [],
    ...(breakGlass && {
      breakGlass: {
        who: breakGlass.flatMap((said) => glassBreakerOf(said, hub.account)),
        source: lineOf(source, ['breakGlass']),
      },
    }),
  };
}

type GlassBreaker = Exclude<Who, { owners: string }>;

/** One at most: an entry with none of them, or several, is a problem that has been told. */
function glassBreakerOf(
  { role, user, person, slackUser, slackGroup }: Omit<SaidWho, 'owners'>,
  hubAccount: string,
): GlassBreaker[] {
  const byRole = role === undefined ? undefined : namedRole(role);
  const byUser = user === undefined ? undefined : namedUser(user);
  if (byRole) return [{ role: byRole }];
  if (byUser) return [{ user: byUser }];
  if (slackUser !== undefined) return [{ slackUser }];
  if (slackGroup !== undefined) return [{ slackGroup }];
  // Whoever administers an account can make a role there that looks like Identity Center's, and name its sessions.
  return person ? [{ person: { ...person, account: person.account ?? hubAccount } }] : [];
}

function whoOf(said: SaidWho, hubAccount: string): Who[] {
  return said.owners === undefined ? glassBreakerOf(said, hubAccount) : [{ owners: said.owners }];
}
