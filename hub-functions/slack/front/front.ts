import { keyOf } from '../../../core/key-of';
import { parseActionValue, type SlackAction, slackIdPrefix } from '../../../core/slack-action';
import type { ActionMessage } from '../action-message';
import type { SlackApi } from '../api';
import { formOf, takesForm, takesLosses, waitingList } from '../forms';
import { apart, placeIn, type ViewPlace } from '../metadata';
import { type BlockActions, type Payload, parsePayload, type ViewSubmission } from './payload';
import type { SeenRequests } from './seen-requests';
import { submittedForm } from './submission';
import { type FrontRequest, type VerifyParts, verifyRequest } from './verify';

type Write = (message: string, details: Record<string, unknown>) => void;

/** What the front function works with. */
export interface FrontParts extends VerifyParts {
  /** The policy's workspace and app. */
  team: string;
  app: string;
  seen: Pick<SeenRequests, 'take' | 'forget'>;
  slack: Pick<SlackApi, 'call' | 'respond'>;
  /** Puts a message into the queue of the actions function. */
  send(message: ActionMessage): Promise<void>;
  log: { info: Write; warn: Write; error: Write };
}

/** What is answered: the status of HTTP, and the body; nothing, unless it is JSON. */
export interface FrontReply {
  status: 200 | 400 | 401 | 403 | 409 | 500;
  body?: object;
}

/** Whether somebody's doing was taken, for the log. */
type Taken = FrontReply & { did?: Record<string, unknown> };

/** What every message says of who did something. */
type Who = Pick<ActionMessage, 'version' | 'team' | 'user' | 'at'>;

/**
 * The door's bell in Slack. It makes sure that Slack has signed a request, a moment ago, for this workspace and app, and for the first
 * time; opens the form where a decision takes one, since Slack lets that be done for three seconds only; and hands what is left to the
 * queue of the actions function. It decides nothing.
 * https://docs.slack.dev/interactivity/handling-user-interaction
 */
export class Front {
  constructor(private readonly parts: FrontParts) {}

  /** Answers one request. Never throws. */
  async answer(request: FrontRequest): Promise<FrontReply> {
    const { log } = this.parts;
    const { requestId, identity } = request.requestContext ?? {};
    const details = { requestId, sourceIp: identity?.sourceIp };
    const refuse = (status: FrontReply['status'], why: string): FrontReply => {
      log.warn('Refused a request', { ...details, why });
      return { status };
    };
    try {
      const verified = await verifyRequest(request, this.parts);
      if ('refused' in verified) return refuse(401, verified.refused);
      const payload = parsePayload(verified.body);
      if (!payload) return refuse(400, 'it cannot be understood');
      if ('other' in payload) {
        log.info('Nothing is done about a payload of this type', { ...details, type: payload.other });
        return { status: 200 };
      }
      const foreign = this.foreign(payload);
      if (foreign !== undefined) return refuse(403, foreign);
      if (!(await this.parts.seen.take(verified.signature))) return refuse(409, 'it was taken before');
      const { did, ...reply } = await this.taken(payload, verified.signature);
      log.info('Took a request', { ...details, user: payload.user.id, ...did });
      return reply;
    } catch (error) {
      log.error('A request could not be taken', { ...details, error: String(error) });
      return { status: 500 };
    }
  }

  /** Why a payload is none of ours, although Slack has signed it: a shared channel has people of other workspaces. */
  private foreign({ team, user, api_app_id: app }: Payload): string | undefined {
    if (team.id !== this.parts.team) return `it is of the workspace ${team.id}`;
    if (app !== this.parts.app) return `it is of the app ${app}`;
    const { team_id: ofUser = team.id } = user;
    return ofUser === team.id ? undefined : `${user.id} is of the workspace ${ofUser}`;
  }

  /** What fails may come again. */
  private async taken(payload: Payload, signature: string): Promise<Taken> {
    try {
      return payload.type === 'block_actions' ? await this.click(payload) : await this.submission(payload);
    } catch (error) {
      await this.parts.seen
        .forget(signature)
        .catch((other: unknown) => this.parts.log.warn('A request stays taken', { error: String(other) }));
      throw error;
    }
  }

  private async click(payload: BlockActions): Promise<Taken> {
    const done: unknown[] = [];
    for (const { action_id: id, action_ts: time = '', value } of payload.actions) {
      const said = id.startsWith(slackIdPrefix) ? parseActionValue(value) : undefined;
      if (!said) {
        this.parts.log.warn('A button carries nothing that is understood', { action: id.slice(0, 100) });
        continue;
      }
      const { card, action } = apart(said);
      const { message_ts: message, view_id: view, channel_id: ofMessage } = payload.container;
      const place = placeOf(payload, ofMessage);
      const about = { ...this.who(payload), action, card, ...placed(place) };
      if (takesForm(action) || action.order === 'list') {
        await this.show(payload, about, place);
      } else {
        const { team, user } = payload;
        const key = keyOf('slack', team.id, user.id, place.channel ?? '', message ?? view ?? '', id, time);
        await this.parts.send({
          ...about,
          kind: 'decide',
          key,
          ...(view !== undefined && place.list && { listed: { view, ...place.list } }),
        });
      }
      done.push(action);
    }
    return { status: 200, did: { actions: done } };
  }

  /**
   * Shows a form or a list at once, in a view of its own. A form lies on the list in which its button stands: when the list is shown
   * anew, nothing is put in the place of what somebody types. https://docs.slack.dev/reference/methods/views.push
   */
  private async show(
    { trigger_id: trigger, container: { view_id: shown } }: BlockActions,
    about: Who & { action: SlackAction; card: string } & Pick<ActionMessage, 'channel' | 'responseUrl'>,
    before: ViewPlace,
  ): Promise<void> {
    const { slack, send, now, log } = this.parts;
    const { action, card } = about;
    const place =
      action.order === 'list' ? { ...before, list: { card: action.card, page: action.page ?? 0 } } : before;
    const view = takesForm(action) ? formOf({ action, card, place }, new Date(now())) : waitingList(place);
    let id = shown;
    try {
      // A page that turns is shown when it is read.
      if (shown === undefined || takesForm(action)) {
        const method = shown === undefined ? 'views.open' : 'views.push';
        id = viewIdOf(await slack.call(method, { trigger_id: trigger, view }));
      }
    } catch (error) {
      log.error('A form could not be opened', { order: action.order, error: String(error) });
      await this.sayClosed(about.responseUrl);
      return;
    }
    const isFilled = takesForm(action) && !takesLosses(action);
    if (!isFilled && id !== undefined) await send({ ...about, kind: 'fill', view: id });
  }

  private async sayClosed(responseUrl: string | undefined): Promise<void> {
    if (responseUrl === undefined) return;
    const text = 'Slack did not open the form, so nothing was done. Click again.';
    await this.parts.slack
      .respond(responseUrl, { response_type: 'ephemeral', replace_original: false, text })
      .catch((error: unknown) =>
        this.parts.log.warn('Nobody was told that a form stayed closed', { error: String(error) }),
      );
  }

  private async submission(payload: ViewSubmission): Promise<Taken> {
    const submitted = submittedForm(payload, new Date(this.parts.now()));
    if (!submitted) {
      this.parts.log.warn('A form is not understood', { form: payload.view.callback_id.slice(0, 100) });
      return { status: 200 };
    }
    if ('errors' in submitted)
      return { status: 200, body: { response_action: 'errors', errors: submitted.errors } };
    const { form, ...said } = submitted;
    const { action, card, place } = form;
    const { team, user, view } = payload;
    const { previous_view_id: below } = view;
    await this.parts.send({
      ...this.who(payload),
      ...placed(place),
      ...said,
      ...(below && place.list && { listed: { view: below, ...place.list } }),
      kind: 'decide',
      action,
      card,
      key: keyOf('slack', team.id, user.id, view.id),
    });
    return { status: 200, did: { form: action } };
  }

  private who({ team, user }: Payload): Who {
    return { version: 1, team: team.id, user: user.id, at: new Date(this.parts.now()).toISOString() };
  }
}

/** Where a click comes from: from a message, or from a view, which remembers from which message it was opened. */
function placeOf({ view, response_url: responseUrl }: BlockActions, channel: string | undefined): ViewPlace {
  return {
    ...placeIn(view?.private_metadata),
    ...(channel !== undefined && { channel }),
    ...(responseUrl !== undefined && { responseUrl }),
  };
}

function placed({ channel, responseUrl }: ViewPlace) {
  return { ...(channel !== undefined && { channel }), ...(responseUrl !== undefined && { responseUrl }) };
}

function viewIdOf(answer: Record<string, unknown>): string | undefined {
  const { view } = answer;
  if (typeof view !== 'object' || view === null || !('id' in view)) return undefined;
  return typeof view.id === 'string' ? view.id : undefined;
}
