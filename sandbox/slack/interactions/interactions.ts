import { checkedView } from '../checks/view';
import { SlackError } from '../errors';
import type { SlackHosts } from '../hosts';
import type { InputValues, SlackContent, SlackUser, SlackView, Target } from '../model';
import type { ResponseUrls } from '../response-urls';
import type { Triggers } from '../triggers';
import { closeView, closeViews, openView, updateView } from '../views';
import { contentOf, type Workspace } from '../workspace';
import { clickablesIn, clickablesOf, clicked } from './clickables';
import { deliver, type InteractionResult } from './deliver';
import { filledIn } from './input-values';
import { type ActedOn, messageActions, viewActions, viewClosed, viewSubmission } from './payloads';
import { type SignedRequest, signedRequest } from './signed-request';

/** A click, or a choice in a menu. */
export interface Click extends Target {
  user: string;
  /** Of a message. */
  channel?: string;
  ts?: string;
  /** What the message says on the screen of a person who has not seen its last edit yet; default: what it says now. */
  seen?: SlackContent;
  /** Of a modal, in place of a message. */
  viewId?: string;
  /** The value of the choice in a menu. */
  selected?: string;
}

/** The form of a modal, sent. */
export interface Submission {
  user: string;
  viewId: string;
  values?: InputValues;
}

/** What interactions work with. */
export interface InteractionParts {
  workspace: Workspace;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  hosts: SlackHosts;
  /** The app's, at the time of a request. */
  app: () => { requestUrl: string | undefined; signingSecret: string };
}

/** Thrown where Slack does not send a form, since it lacks something; by block id. */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(readonly errors: Readonly<Record<string, string>>) {
    super(
      Object.entries(errors)
        .map(([block, error]) => `${block}: ${error}`)
        .join('; '),
    );
  }
}

/** What people do in the workspace, as Slack tells the app of it. */
export class Interactions {
  /** Every request that was sent, in order: a test may send one again. */
  readonly requests: SignedRequest[] = [];

  constructor(private readonly parts: InteractionParts) {}

  /** @throws Error where the person sees nothing of the kind, or the app has no request URL */
  click(click: Click): Promise<InteractionResult> {
    const user = this.userOf(click.user);
    return this.send(click.viewId === undefined ? this.inMessage(user, click) : this.inView(user, click));
  }

  /**
   * Sends a modal's form, and does what the app answers: https://docs.slack.dev/surfaces/modals#response_actions
   * @throws InputError where an input lacks something; Error where the person sees no such modal, or the app has no request URL
   */
  async submit({ user: id, viewId, values = {} }: Submission): Promise<InteractionResult> {
    const user = this.userOf(id);
    const view = this.viewOf(user, viewId);
    const { state, errors } = filledIn(view.view, values);
    if (Object.keys(errors).length > 0) throw new InputError(errors);
    const triggerId = this.parts.triggers.create(user.id, viewId);
    const result = await this.send(
      viewSubmission(this.parts.workspace, user, { triggerId, view, values: state }),
    );
    if (result.status !== 200) return result;
    try {
      this.followAnswer(view, result.body);
      return result;
    } catch (error) {
      return { ...result, problem: `Slack cannot go by the answer: ${(error as Error).message}` };
    }
  }

  /**
   * Closes a modal without sending its form; the app is told where it asked for that.
   * @throws Error where the person sees no such modal, or the app has no request URL
   */
  async close({ user: id, viewId }: Omit<Submission, 'values'>): Promise<InteractionResult | undefined> {
    const user = this.userOf(id);
    const view = this.viewOf(user, viewId);
    closeView(this.parts.workspace, view);
    return view.view.notify_on_close ? this.send(viewClosed(this.parts.workspace, user, view)) : undefined;
  }

  private inMessage(user: SlackUser, click: Click): Record<string, unknown> {
    const { workspace, triggers, responseUrls, hosts } = this.parts;
    const { channel, ts = '' } = click;
    const ephemeral = workspace.ephemeral(channel, ts);
    const message = workspace.message(channel, ts);
    const shown = ephemeral ?? message;
    if (shown === undefined) throw new Error(`There is no message ${ts} in the channel ${channel}.`);
    if (ephemeral !== undefined && ephemeral.user !== user.id)
      throw new Error(`${user.id} does not see the message ${ts}: it is for ${ephemeral.user} alone.`);
    const seen = click.seen ?? contentOf(shown);
    const what = chosen(clicked(clickablesOf(seen, ts), click), click);
    const triggerId = triggers.create(user.id);
    const origin = ephemeral === undefined ? { message: shown } : { ephemeral };
    return messageActions(workspace, user, what, {
      triggerId,
      responseUrl: `${hosts.hooks}${responseUrls.create(user.id, origin)}`,
      place: ephemeral === undefined ? { message: shown, seen } : { ephemeral },
    });
  }

  private inView(user: SlackUser, click: Click): Record<string, unknown> {
    const { workspace, triggers } = this.parts;
    const view = this.viewOf(user, click.viewId ?? '');
    const what = chosen(clicked(clickablesIn(view.view.blocks), click), click);
    return viewActions(workspace, user, what, { triggerId: triggers.create(user.id, view.id), view });
  }

  private followAnswer(view: SlackView, body: unknown): void {
    const { workspace } = this.parts;
    const answer = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
    switch (answer.response_action) {
      case undefined:
        if (body !== '' && Object.keys(answer).length > 0) throw new Error('it has no response_action');
        closeView(workspace, view);
        return;
      case 'clear':
        closeViews(workspace, view.user);
        return;
      case 'update':
        updateView(workspace, view, checkedView(answer.view));
        return;
      case 'push':
        openView(workspace, view.user, checkedView(answer.view), view);
        return;
      case 'errors':
        checkErrors(view, answer.errors);
        return;
      default:
        throw new Error(`there is no response_action ${String(answer.response_action)}`);
    }
  }

  private async send(payload: Record<string, unknown>): Promise<InteractionResult> {
    const { requestUrl, signingSecret } = this.parts.app();
    if (requestUrl === undefined)
      throw new Error('The app has no request URL: nothing takes what people do. Set requestUrl.');
    const seconds = Math.floor(this.parts.workspace.now() / 1000);
    const request = signedRequest(payload, signingSecret, seconds);
    this.requests.push(request);
    return deliver(requestUrl, request);
  }

  private userOf(id: string): SlackUser {
    const user = this.parts.workspace.user(id);
    if (user === undefined) throw new Error(`There is no user ${id} in the workspace.`);
    return user;
  }

  private viewOf(user: SlackUser, id: string): SlackView {
    const view = this.parts.workspace.views.find(
      (each) => each.id === id && each.user === user.id && each.open,
    );
    if (view === undefined) throw new Error(`${user.id} sees no modal ${id}.`);
    return view;
  }
}

function chosen(what: ActedOn, { selected }: Click): ActedOn {
  return selected === undefined ? what : { ...what, selected };
}

/** https://docs.slack.dev/surfaces/modals#displaying_errors: errors are of input blocks. */
function checkErrors({ view }: SlackView, errors: unknown): void {
  const ids = view.blocks.filter(({ type }) => type === 'input').map(({ block_id: id }) => id);
  const named = typeof errors === 'object' && errors !== null ? Object.keys(errors) : [];
  const stray = named.find((id) => !ids.includes(id));
  if (named.length === 0) throw SlackError.because('invalid_arguments', ['errors names no block']);
  if (stray !== undefined) throw new Error(`errors names ${stray}, which is no input block`);
}
