import { messageContent } from './checks/message';
import { SlackError } from './errors';
import { type HttpAnswer, jsonAnswer } from './http-answer';
import type { SlackEphemeral, SlackMessage } from './model';
import type { SlackParameters } from './request-body';
import type { Workspace } from './workspace';

/** How often, and how long, in milliseconds, one may be used: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const mostUses = 5;
const life = 30 * 60_000;

interface ResponseUrl {
  user: string;
  origin: { message: SlackMessage } | { ephemeral: SlackEphemeral };
  at: number;
  uses: number;
}

type Told = (message: SlackMessage, edited: boolean) => void;

/** The `response_url`s that were given out with clicks on messages. */
export class ResponseUrls {
  private readonly byPath = new Map<string, ResponseUrl>();

  constructor(
    private readonly workspace: Workspace,
    private readonly told: Told,
  ) {}

  /** The path of a new one. */
  create(user: string, origin: ResponseUrl['origin']): string {
    const path = `/actions/${this.workspace.team}/${this.byPath.size + 1}/${this.workspace.newId('R')}`;
    this.byPath.set(path, { user, origin, at: this.workspace.now(), uses: 0 });
    return path;
  }

  /** Answers a request to one. The words of its errors are not in Slack's documentation. */
  answer(path: string, parameters: SlackParameters | undefined): HttpAnswer {
    const url = this.byPath.get(path);
    if (url === undefined) return refused(404, 'no_such_url');
    if (this.workspace.now() - url.at > life) return refused(404, 'expired_url');
    if (url.uses >= mostUses) return refused(404, 'used_url');
    if (parameters === undefined) return refused(400, 'invalid_payload');
    try {
      this.respond(url, parameters);
      url.uses += 1;
      return jsonAnswer(200, { ok: true });
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      return refused(400, error.code);
    }
  }

  /** https://docs.slack.dev/messaging/modifying-messages */
  private respond({ user, origin }: ResponseUrl, parameters: SlackParameters): void {
    if (parameters.delete_original === true) this.remove(origin);
    else if (parameters.replace_original === true) this.replace(origin, messageContent(parameters));
    else this.say(user, origin, parameters);
  }

  private say(user: string, origin: ResponseUrl['origin'], parameters: SlackParameters): void {
    const content = messageContent(parameters);
    const { channel } = 'message' in origin ? origin.message : origin.ephemeral;
    const thread = parameters.thread_ts;
    const place = {
      channel,
      ...(typeof thread === 'string' && thread !== '' && { threadTs: thread }),
    };
    if (parameters.response_type === 'in_channel')
      this.told(this.workspace.post({ ...place, ...content }), false);
    else this.workspace.whisper({ ...place, user, ...content });
  }

  private replace(origin: ResponseUrl['origin'], content: ReturnType<typeof messageContent>): void {
    if ('ephemeral' in origin) {
      this.workspace.editEphemeral(origin.ephemeral, content);
      return;
    }
    if (!this.workspace.messages.includes(origin.message)) throw new SlackError('message_not_found');
    this.workspace.edit(origin.message, content);
    this.told(origin.message, true);
  }

  private remove(origin: ResponseUrl['origin']): void {
    if ('ephemeral' in origin) this.workspace.removeEphemeral(origin.ephemeral);
    else if (this.workspace.messages.includes(origin.message)) this.workspace.remove(origin.message);
    else throw new SlackError('message_not_found');
  }
}

function refused(status: number, error: string): HttpAnswer {
  return jsonAnswer(status, { ok: false, error });
}
