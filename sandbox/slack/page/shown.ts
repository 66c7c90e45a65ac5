import { withIds } from '../block-ids';
import type { SlackContent, SlackEphemeral, SlackMessage, SlackView } from '../model';
import type { SlackStandIn } from '../slack';
import type { SlackChange } from '../workspace';
import { nameOfOutage } from './outage-choices';
import type {
  PageEvent,
  ShownAttachment,
  ShownEphemeral,
  ShownFile,
  ShownMessage,
  ShownView,
} from './protocol';

/** What is taken of the stand-in to show it. */
type Shown = Pick<
  SlackStandIn,
  'users' | 'groups' | 'channels' | 'messages' | 'ephemerals' | 'views' | 'files' | 'outage'
>;

/** The whole workspace, as a user sees it. */
export function workspaceEvent(slack: Shown, user: string): PageEvent {
  const { users, groups, channels, messages, ephemerals, views, outage } = slack;
  return {
    kind: 'workspace',
    users: [...users],
    groups: [...groups],
    channels: [...channels],
    messages: messages.map((message) => shownMessage(slack, message)),
    ephemerals: ephemerals.filter((each) => each.user === user).map(shownEphemeral),
    views: views.filter((view) => view.open && view.user === user).map(shownView),
    outage: nameOfOutage(outage),
  };
}

/** A change, as a user sees it; undefined where he does not. */
export function changeEvent(slack: Shown, user: string, change: SlackChange): PageEvent | undefined {
  switch (change.kind) {
    case 'message':
      return { kind: 'message', message: shownMessage(slack, change.message) };
    case 'ephemeral':
      return change.ephemeral.user === user
        ? { kind: 'ephemeral', ephemeral: shownEphemeral(change.ephemeral) }
        : undefined;
    case 'view':
      return change.view.user === user ? { kind: 'view', view: shownView(change.view) } : undefined;
    case 'view-closed':
      return change.view.user === user ? { kind: 'view-closed', id: change.view.id } : undefined;
    case 'outage':
      return { kind: 'outage', outage: nameOfOutage(slack.outage) };
    default:
      return change;
  }
}

function shownMessage(slack: Shown, message: SlackMessage): ShownMessage {
  const { channel, ts, threadTs, text, history = [], files = [] } = message;
  return {
    channel,
    ts,
    ...(threadTs !== undefined && { threadTs }),
    text,
    // https://docs.slack.dev/reference/methods/chat.update: with blocks the flag does not show.
    edited: history.length > 0 && message.blocks === undefined,
    files: files.flatMap((id) => shownFile(slack, id)),
    ...shownContent(message, ts),
  };
}

function shownFile({ files }: Shown, id: string): ShownFile[] {
  const file = files.find((each) => each.id === id);
  return file === undefined
    ? []
    : [{ id, name: file.name, title: file.title, size: file.content.byteLength }];
}

function shownEphemeral(ephemeral: SlackEphemeral): ShownEphemeral {
  const { channel, ts, threadTs, text } = ephemeral;
  return { channel, ts, ...(threadTs !== undefined && { threadTs }), text, ...shownContent(ephemeral, ts) };
}

function shownContent({ blocks, attachments }: SlackContent, ts: string) {
  const attached: (ShownAttachment & { blocks?: unknown })[] = Array.isArray(attachments) ? attachments : [];
  return {
    blocks: withIds(blocks, ts),
    attachments: attached.map(({ color, text, blocks: inside }, index) => ({
      ...(color !== undefined && { color }),
      ...(text !== undefined && { text }),
      blocks: withIds(inside, `${ts}-attachment-${index}`),
    })),
  };
}

function shownView({ id, view }: SlackView): ShownView {
  return { id, view };
}
