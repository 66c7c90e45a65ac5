import { workspaceName } from '../bot';
import { messageAnswer } from '../methods/message-answer';
import { userName } from '../methods/users';
import type {
  SlackContent,
  SlackElement,
  SlackEphemeral,
  SlackMessage,
  SlackUser,
  SlackView,
} from '../model';
import { viewAnswer } from '../views';
import type { Workspace } from '../workspace';

/** Slack sends it still, and tells apps to go by the signature: https://docs.slack.dev/authentication/verifying-requests-from-slack */
const verificationToken = 'deprecated-verification-token';

/** What a person acted on. */
export interface ActedOn {
  blockId: string;
  element: SlackElement;
  /** The value of the choice in a menu. */
  selected?: string;
}

/** What every payload says: https://docs.slack.dev/reference/interaction-payloads */
function common(workspace: Workspace, user: SlackUser, triggerId: string): Record<string, unknown> {
  const name = userName(user.name);
  return {
    user: { id: user.id, username: name, name, team_id: user.team },
    api_app_id: workspace.app,
    token: verificationToken,
    trigger_id: triggerId,
    team: { id: workspace.team, domain: workspaceName.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function actionOf({ blockId, element, selected }: ActedOn, actionTs: string): Record<string, unknown> {
  const { options = [], accessibility_label: _, placeholder, ...rest } = element;
  return {
    block_id: blockId,
    ...rest,
    ...(element.type === 'static_select' && {
      placeholder,
      selected_option: options.find(({ value }) => value === selected) ?? null,
    }),
    action_ts: actionTs,
  };
}

/**
 * Of a click on a message. Of a message that one user alone sees it says where it stands, and not what it says.
 * https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
 *
 * @param seen what the message said when the person clicked
 */
export function messageActions(
  workspace: Workspace,
  user: SlackUser,
  what: ActedOn,
  at: {
    triggerId: string;
    responseUrl: string;
    place: { message: SlackMessage; seen: SlackContent } | { ephemeral: SlackEphemeral };
  },
): Record<string, unknown> {
  const { channel, ts, threadTs } = 'message' in at.place ? at.place.message : at.place.ephemeral;
  const isEphemeral = 'ephemeral' in at.place;
  return {
    type: 'block_actions',
    ...common(workspace, user, at.triggerId),
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: isEphemeral,
      ...(threadTs !== undefined && { thread_ts: threadTs }),
    },
    channel: { id: channel, name: workspace.channel(channel)?.name ?? '' },
    ...('message' in at.place && {
      message: messageAnswer({ ...placeOf(at.place.message), ...at.place.seen }, workspace),
    }),
    state: { values: {} },
    response_url: at.responseUrl,
    actions: [actionOf(what, workspace.nextTs())],
  };
}

function placeOf({ channel, ts, threadTs }: SlackMessage) {
  return { channel, ts, ...(threadTs !== undefined && { threadTs }) };
}

/** Of a click in a modal. */
export function viewActions(
  workspace: Workspace,
  user: SlackUser,
  what: ActedOn,
  at: { triggerId: string; view: SlackView },
): Record<string, unknown> {
  return {
    type: 'block_actions',
    ...common(workspace, user, at.triggerId),
    container: { type: 'view', view_id: at.view.id },
    view: viewAnswer(at.view, workspace),
    actions: [actionOf(what, workspace.nextTs())],
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_submission */
export function viewSubmission(
  workspace: Workspace,
  user: SlackUser,
  at: { triggerId: string; view: SlackView; values: Record<string, unknown> },
): Record<string, unknown> {
  return {
    type: 'view_submission',
    ...common(workspace, user, at.triggerId),
    view: viewAnswer(at.view, workspace, at.values),
    response_urls: [],
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_closed */
export function viewClosed(workspace: Workspace, user: SlackUser, view: SlackView): Record<string, unknown> {
  const { trigger_id: _, ...rest } = common(workspace, user, '');
  return { type: 'view_closed', ...rest, view: viewAnswer(view, workspace), is_cleared: false };
}
