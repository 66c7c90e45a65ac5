import { randomUUID } from 'node:crypto';
import type { CompiledPolicy, People } from '../../../../config/compiled';
import { planDigest } from '../../../../core/plan-digest';
import { rights } from '../../../../core/right';
import type { SlackAction } from '../../../../core/slack-action';
import type { ActionMessage, DecideMessage } from '../../../../hub-functions/slack/action-message';
import { Actions } from '../../../../hub-functions/slack/actions/actions';
import { faceOf } from '../../../../hub-functions/slack/actions/face';
import { SlackPeople } from '../../../../hub-functions/slack/actions/people';
import { SlackRefusalError, SlackUnavailableError } from '../../../../hub-functions/slack/api';
import { type Card, emptyCard } from '../../../../ledger/cards/card';
import { Cards } from '../../../../ledger/cards/cards';
import { withReport } from '../../../../ledger/cards/with-report';
import { Proposals } from '../../../../ledger/orders/proposals';
import { accounts, testIdentity, testPlan, testPolicy } from '../../../support/findings';
import { peopleWith } from '../../../support/orderers';
import { DoorWorld } from '../../orders/door-world';

export const team = 'T0123456789';
export const channel = 'C0123456789';
export const responseUrl = 'https://hooks.slack.com/actions/T0123456789/1/abc';
/** A finding that waits for an approval. */
export const waiting = { ...testIdentity, accountId: accounts.approval };
/** That finding, as an action names it. */
export const about = { finding: waiting, occurrence: 1 };
export const approve: SlackAction = { ...about, order: 'approve', plan: planDigest(testPlan) };
export const deny: SlackAction = { ...about, order: 'deny', plan: planDigest(testPlan) };

const source = 'organization.yaml:60';
const usual: People = peopleWith({
  entries: [
    { who: [{ slackUser: 'U0ALICE0001' }, { slackGroup: 'S0SECURITY1' }], may: [...rights], source },
    {
      who: [{ slackUser: 'U0OWNER0001' }],
      may: ['view', 'approve', 'deny'],
      where: { accounts: [accounts.on] },
      source,
    },
    ...peopleWith().entries,
  ],
});

interface Member {
  deleted?: true;
  is_bot?: true;
  is_restricted?: true;
  is_ultra_restricted?: true;
  is_stranger?: true;
  team_id?: string;
  real_name?: string;
  email?: string;
}

/** The actions function with the real door, coordinator and cards around one ledger in memory, and a Slack that says what a test says. */
export class ActionsWorld {
  readonly door: DoorWorld;
  readonly cards: Cards;
  readonly members: Record<string, Member> = {
    U0ALICE0001: { real_name: 'Alice Example', email: 'alice@example.com' },
    U0BOB00001: { real_name: 'Bob Example', email: 'bob@example.com' },
    U0OWNER0001: { real_name: 'Olga Owner', email: 'olga@example.com' },
    U0GUEST0001: { real_name: 'Gus Guest', is_restricted: true },
  };
  readonly groups: Record<string, string[]> = { S0SECURITY1: ['U0BOB00001'] };
  /** What was done, in order: calls of Slack, answers to clicks, orders. */
  readonly done: string[] = [];
  /** Methods of Slack that were called. */
  readonly calls: string[] = [];
  readonly told: { user: string; text: string; buttons?: object[] }[] = [];
  /** Which finding each of these was about. */
  readonly toldAbout: (string | undefined)[] = [];
  readonly shown: { text: string; blocks: readonly object[] }[] = [];
  readonly views: { view_id: string; view: { blocks: object[]; private_metadata: string } }[] = [];
  readonly sent: ActionMessage[] = [];
  readonly hints: string[] = [];
  readonly logged: { message: string; details: Record<string, unknown> }[] = [];
  /** Slack's error for a method; `away` where Slack does not answer. */
  readonly errors: Record<string, string> = {};
  /** What happens while Slack takes an answer to a click. */
  whileShowing: () => Promise<void> = async () => {};
  card: Card = emptyCard(channel, 'none', new Date(0));

  constructor(policy: Partial<CompiledPolicy> = {}) {
    this.door = new DoorWorld({
      slack: { ...testPolicy.slack, team, app: 'A0123456789' },
      people: usual,
      ...policy,
    });
    const { documents, tableName, clock } = this.door.world;
    this.cards = new Cards(documents, tableName, clock.now);
  }

  /** A world with findings that wait, on one card. */
  static async waiting(
    policy: Partial<CompiledPolicy> = {},
    resourceIds: readonly string[] = [waiting.resourceId],
  ): Promise<ActionsWorld> {
    const world = new ActionsWorld(policy);
    for (const resourceId of resourceIds) await world.door.world.receive({ ...waiting, resourceId });
    world.card = emptyCard(channel, 'the card', world.now());
    for (const report of world.door.world.reports.filter(({ state }) => state === 'waiting')) {
      world.card = withReport(
        world.card,
        { report, diff: [], diffOmitted: 0, approvers: { users: [], groups: [] } },
        false,
      ).card;
    }
    await world.cards.create(world.card);
    return world;
  }

  now(): Date {
    return this.door.world.clock.now();
  }

  /** A fresh process of the function. */
  process(cards = this.cards): Actions<Card, never> {
    const { documents, tableName, clock, policy } = this.door.world;
    const log = (message: string, details: Record<string, unknown>) =>
      void this.logged.push({ message, details });
    const logs = { info: log, warn: log, error: log };
    const slack = {
      call: async (method: string, parameters: Record<string, unknown>) => {
        this.calls.push(method);
        this.fail(method);
        return this.call(method, parameters);
      },
      respond: async (_url: string, message: object) => {
        this.fail('response_url');
        await this.whileShowing();
        this.respond(message as Parameters<ActionsWorld['respond']>[0]);
      },
    };
    const people = new SlackPeople({ policy, slack, now: clock.now, log: logs });
    this.door.asOfNow = (actor) => people.asOfNow(actor);
    const door = this.door.door();
    return new Actions({
      people,
      door: {
        may: (actor, order) => door.may(actor, order),
        knows: (key) => door.knows(key),
        give: (actor, order) => {
          this.done.push(`order ${order.order}`);
          return door.give(actor, order);
        },
      },
      proposals: new Proposals(documents, tableName),
      cards,
      face: faceOf(() => 'A title', clock.now),
      slack,
      hint: async (woken) => void this.hints.push(woken),
      send: async (message) => void this.sent.push(message),
      now: clock.now,
      log: logs,
    }) as never;
  }

  private fail(method: string): void {
    const error = this.errors[method];
    if (error === 'away') throw new SlackUnavailableError('Slack is away');
    if (error !== undefined) throw new SlackRefusalError(method, error);
  }

  private call(method: string, parameters: Record<string, unknown>): Record<string, unknown> {
    if (method === 'users.info') {
      const id = String(parameters.user);
      const { email, ...member } = this.members[id] ?? {};
      if (!this.members[id]) throw new SlackRefusalError(method, 'user_not_found');
      return { user: { id, team_id: team, ...member, profile: { email, real_name: member.real_name } } };
    }
    if (method === 'usergroups.users.list') {
      const users = this.groups[String(parameters.usergroup)];
      if (!users) throw new SlackRefusalError(method, 'no_such_subteam');
      return { users };
    }
    if (method === 'views.update') {
      this.views.push(parameters as never);
      return {};
    }
    if (method !== 'chat.postEphemeral') throw new Error(`nobody calls ${method}`);
    this.tell(String(parameters.user), parameters);
    return {};
  }

  private respond(message: {
    replace_original?: boolean;
    delete_original?: true;
    text: string;
    blocks: object[];
  }): void {
    if (message.delete_original) {
      this.done.push('withdrawn');
      return;
    }
    if (!message.replace_original) {
      this.tell('who clicked', message as never);
      return;
    }
    this.done.push('shown');
    this.shown.push(message);
  }

  private tell(user: string, message: Record<string, unknown>): void {
    const buttons = elementsIn('actions', message).map(({ value }) => JSON.parse(value ?? ''));
    this.told.push({ user, text: plainText(message), ...(buttons.length > 0 && { buttons }) });
    this.toldAbout.push(elementsIn('context', message)[0]?.text);
  }

  /** What the front function hands over of a click. */
  message(action: SlackAction, more: Partial<DecideMessage> = {}): DecideMessage {
    return {
      version: 1,
      team,
      user: 'U0ALICE0001',
      at: this.now().toISOString(),
      kind: 'decide',
      action,
      card: this.card.cardId,
      channel,
      responseUrl,
      key: randomUUID(),
      ...more,
    };
  }

  /** Somebody clicks. */
  async click(action: SlackAction, more: Partial<DecideMessage> = {}): Promise<void> {
    await this.process().take(this.message(action, more), true);
  }

  async state(finding = waiting): Promise<string | undefined> {
    return (await this.door.world.latest(finding))?.state;
  }

  /** By whom the finding of the card is worked on. */
  async working(): Promise<(string | undefined)[]> {
    return ((await this.cards.read(this.card.cardId))?.findings ?? []).map(({ working }) => working?.by);
  }
}

function plainText({ blocks }: Record<string, unknown>): string {
  return (blocks as { text?: { text: string } }[]).flatMap(({ text }) => text?.text ?? []).join('\n');
}

function elementsIn(type: string, { blocks }: Record<string, unknown>) {
  const all = blocks as { type: string; elements?: { value?: string; text?: string }[] }[];
  return all.filter((block) => block.type === type).flatMap(({ elements = [] }) => elements);
}

/** Alice may all by an entry, Bob by break-glass alone. */
export const breakers = (...twoPersons: People['twoPersons']): People => ({
  entries: [{ who: [{ slackUser: 'U0ALICE0001' }], may: [...rights], source }],
  twoPersons,
  breakGlass: { who: [{ slackUser: 'U0BOB00001' }], source },
});

/** How many fixes were applied. */
export const appliesIn = (world: ActionsWorld): number => world.door.world.applies.length;
