import type {
  SlackChannel,
  SlackContent,
  SlackEphemeral,
  SlackFile,
  SlackGroup,
  SlackMessage,
  SlackUser,
  SlackView,
} from './model';

/** What happened in a workspace, for who shows it. */
export type SlackChange =
  /** A message came, or says something else. */
  | { kind: 'message'; message: SlackMessage }
  | { kind: 'message-deleted'; channel: string; ts: string }
  | { kind: 'ephemeral'; ephemeral: SlackEphemeral }
  | { kind: 'ephemeral-deleted'; channel: string; ts: string }
  /** A modal opened, or shows something else. */
  | { kind: 'view'; view: SlackView }
  | { kind: 'view-closed'; view: SlackView }
  /** How the stand-in fails from now on. */
  | { kind: 'outage' };

/** What a workspace begins with. */
export interface WorkspaceOptions {
  team: string;
  app: string;
  users: SlackUser[];
  groups: SlackGroup[];
  channels: SlackChannel[];
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** What Slack keeps: people, channels, messages, modals and files. */
export class Workspace {
  readonly messages: SlackMessage[] = [];
  readonly ephemerals: SlackEphemeral[] = [];
  readonly views: SlackView[] = [];
  readonly files: SlackFile[] = [];
  readonly team: string;
  readonly app: string;
  readonly users: SlackUser[];
  readonly groups: SlackGroup[];
  readonly channels: SlackChannel[];
  readonly now: () => number;
  private readonly listeners = new Set<(change: SlackChange) => void>();
  private lastTs = 0;
  private ids = 0;

  constructor(options: WorkspaceOptions) {
    this.team = options.team;
    this.app = options.app;
    this.users = options.users;
    this.groups = options.groups;
    this.channels = options.channels;
    this.now = options.now;
  }

  /** Calls `listener` for every change from now on; returns how to stop that. */
  listen(listener: (change: SlackChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Tells of a change. */
  changed(change: SlackChange): void {
    for (const listener of this.listeners) listener(change);
  }

  channel(id: unknown): SlackChannel | undefined {
    return this.channels.find((channel) => channel.id === id);
  }

  user(id: unknown): SlackUser | undefined {
    return this.users.find((user) => user.id === id);
  }

  /** Ids of who is in a channel; the bot is not among them. */
  membersOf(channel: SlackChannel): string[] {
    return channel.members ?? this.users.filter(({ deleted }) => deleted !== true).map(({ id }) => id);
  }

  message(channel: unknown, ts: unknown): SlackMessage | undefined {
    return this.messages.find((message) => message.channel === channel && message.ts === ts);
  }

  ephemeral(channel: unknown, ts: unknown): SlackEphemeral | undefined {
    return this.ephemerals.find((message) => message.channel === channel && message.ts === ts);
  }

  /** An id that nothing else in the workspace has: `prefix`, and ten digits or letters. */
  newId(prefix: string): string {
    this.ids += 1;
    return `${prefix}0${this.ids.toString(36).toUpperCase().padStart(9, '0')}`;
  }

  /** Takes a message into a channel. */
  post(message: Omit<SlackMessage, 'ts'>): SlackMessage {
    const posted = { ...message, ts: this.nextTs() };
    this.messages.push(posted);
    this.changed({ kind: 'message', message: posted });
    return posted;
  }

  /** Has a message say something else, and keeps what it said. */
  edit(message: SlackMessage, content: SlackContent): void {
    message.history = [...(message.history ?? []), contentOf(message)];
    replaceContent(message, content);
    this.changed({ kind: 'message', message });
  }

  remove(message: SlackMessage): void {
    this.messages.splice(this.messages.indexOf(message), 1);
    this.changed({ kind: 'message-deleted', channel: message.channel, ts: message.ts });
  }

  /**
   * Shows one user something. In a thread that has no answer yet nobody sees it, although Slack takes it: "Ephemeral messages in threads
   * are only shown if there is already an active thread." https://docs.slack.dev/reference/methods/chat.postEphemeral
   */
  whisper(ephemeral: Omit<SlackEphemeral, 'ts'>): SlackEphemeral {
    const { channel, threadTs } = ephemeral;
    const shown = { ...ephemeral, ts: this.nextTs() };
    const isSeen =
      threadTs === undefined ||
      this.messages.some((message) => message.channel === channel && message.threadTs === threadTs);
    if (!isSeen) return shown;
    this.ephemerals.push(shown);
    this.changed({ kind: 'ephemeral', ephemeral: shown });
    return shown;
  }

  editEphemeral(ephemeral: SlackEphemeral, content: SlackContent): void {
    replaceContent(ephemeral, content);
    this.changed({ kind: 'ephemeral', ephemeral });
  }

  removeEphemeral(ephemeral: SlackEphemeral): void {
    this.ephemerals.splice(this.ephemerals.indexOf(ephemeral), 1);
    this.changed({ kind: 'ephemeral-deleted', channel: ephemeral.channel, ts: ephemeral.ts });
  }

  /** The next `ts`: later than every one before, also where the clock stands still. */
  nextTs(): string {
    this.lastTs = Math.max(this.lastTs + 1, Math.floor(this.now() * 1000));
    const seconds = Math.floor(this.lastTs / 1_000_000);
    return `${seconds}.${String(this.lastTs % 1_000_000).padStart(6, '0')}`;
  }
}

/** What a message says, without where it stands. */
export function contentOf({ text, blocks, attachments }: SlackContent): SlackContent {
  return {
    text,
    ...(blocks === undefined ? {} : { blocks }),
    ...(attachments === undefined ? {} : { attachments }),
  };
}

function replaceContent(message: SlackContent, content: SlackContent): void {
  delete message.blocks;
  delete message.attachments;
  Object.assign(message, contentOf(content));
}
