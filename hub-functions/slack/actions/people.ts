import * as z from 'zod/mini';
import type { CompiledPolicy } from '../../../config/compiled';
import { type Actor, type SlackActor, slackActor } from '../../../core/actor';
import { type SlackApi, SlackRefusalError } from '../api';

const flag = z.nullish(z.boolean());

/** https://docs.slack.dev/reference/objects/user-object/ */
const userSchema = z.object({
  id: z.string(),
  team_id: z.string(),
  deleted: flag,
  is_bot: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  real_name: z.nullish(z.string()),
  profile: z.nullish(z.object({ email: z.nullish(z.string()), real_name: z.nullish(z.string()) })),
});
type User = z.infer<typeof userSchema>;

/**
 * For how long Slack's answer to who is in a user group counts; milliseconds. It allows twenty such questions a minute:
 * https://docs.slack.dev/reference/methods/usergroups.users.list
 */
const groupMilliseconds = 60_000;

/** What asking Slack who somebody is takes. */
export interface PeopleParts {
  policy: CompiledPolicy;
  slack: Pick<SlackApi, 'call'>;
  now(): Date;
  log: { warn(message: string, details: Record<string, unknown>): void };
}

/** Somebody who may knock, or why not: a sentence for him. */
export type Known = { actor: SlackActor } | { refused: string };

/**
 * Who somebody in Slack is, as Slack says it at this moment: who was deactivated is out with the next click. Who is in a user group is
 * kept for a minute, and never longer: who has left one is out after that.
 */
export class SlackPeople {
  private readonly kept = new Map<string, { askedAt: number; members: ReadonlySet<unknown> }>();

  constructor(private readonly parts: PeopleParts) {}

  /**
   * @param team of the request, which is the policy's
   * @throws SlackUnavailableError; BotTokenError or AWS's error when there is no token
   */
  async of(team: string, user: string): Promise<Known> {
    let answer: Record<string, unknown>;
    try {
      answer = await this.parts.slack.call('users.info', { user });
    } catch (error) {
      if (!(error instanceof SlackRefusalError)) throw error;
      this.parts.log.warn('Slack does not say who somebody is', { user, code: error.code });
      return { refused: `Slack does not tell Staunch who you are (${error.code}), so nothing was done.` };
    }
    const parsed = userSchema.safeParse(answer.user);
    if (!parsed.success || parsed.data.id !== user)
      return { refused: 'Slack tells Staunch of nobody by your id, so nothing was done.' };
    const refused = whyNobody(parsed.data, team);
    if (refused !== undefined) return { refused: `${refused} Nothing was done.` };
    const { profile, real_name: name } = parsed.data;
    const actor = slackActor({
      team,
      user,
      name: profile?.real_name ?? name ?? undefined,
      email: profile?.email ?? undefined,
      groups: await this.groupsOf(user),
    });
    return { actor };
  }

  /**
   * Somebody who gave an order before, as Slack knows him by now: without the groups that he has left.
   * @returns undefined where he may not knock any more
   * @throws as `of`
   */
  async asOfNow(actor: Actor): Promise<Actor | undefined> {
    if (actor.kind !== 'slack') return actor;
    const known = await this.of(actor.team, actor.user);
    return 'actor' in known ? known.actor : undefined;
  }

  /** Those groups of which he is a member that the policy names; a group that Slack does not tell of has no members. */
  private async groupsOf(user: string): Promise<string[]> {
    const groups = groupsIn(this.parts.policy);
    const members = await Promise.all(groups.map((group) => this.membersOf(group)));
    return groups.filter((_group, index) => members[index]?.has(user));
  }

  /** What Slack refuses to tell is asked again the next time. */
  private async membersOf(group: string): Promise<ReadonlySet<unknown>> {
    const { slack, log, now } = this.parts;
    // It counts from the question: nobody knows when Slack has looked.
    const askedAt = now().getTime();
    const kept = this.kept.get(group);
    const age = kept && askedAt - kept.askedAt;
    if (kept && age !== undefined && age >= 0 && age < groupMilliseconds) return kept.members;
    try {
      const { users } = await slack.call('usergroups.users.list', { usergroup: group });
      const members = new Set(Array.isArray(users) ? users : []);
      this.kept.set(group, { askedAt, members });
      return members;
    } catch (error) {
      if (!(error instanceof SlackRefusalError)) throw error;
      log.warn('Slack does not say who is in a user group', { group, code: error.code });
      return new Set();
    }
  }
}

function whyNobody(user: User, team: string): string | undefined {
  if (user.deleted) return 'Your account of Slack is deactivated.';
  if (user.is_bot) return 'Bots decide nothing.';
  if (user.is_restricted || user.is_ultra_restricted) return 'Guests of the workspace decide nothing.';
  if (user.is_stranger || user.team_id !== team)
    return 'You are of another workspace, and decide nothing here.';
  return undefined;
}

/** The user groups that the policy names, each once. */
export function groupsIn({ people }: CompiledPolicy): string[] {
  const all = [...(people?.entries ?? []).flatMap(({ who }) => who), ...(people?.breakGlass?.who ?? [])];
  return [...new Set(all.flatMap((who) => ('slackGroup' in who ? [who.slackGroup] : [])))];
}
