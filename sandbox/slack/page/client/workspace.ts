import type { SlackChannel, SlackGroup, SlackUser } from '../../model';
import type { PageEvent, ShownEphemeral, ShownMessage, ShownView } from '../protocol';

/** What the page knows of the workspace, kept up to date by events. */
export class ClientWorkspace {
  users: readonly SlackUser[] = [];
  groups: readonly SlackGroup[] = [];
  channels: readonly SlackChannel[] = [];
  outage = '';
  /** By channel and `ts`. */
  readonly messages = new Map<string, ShownMessage>();
  readonly ephemerals = new Map<string, ShownEphemeral>();
  /** By id, the topmost last. */
  readonly views = new Map<string, ShownView>();

  /** Takes an event in. */
  apply(event: PageEvent): void {
    switch (event.kind) {
      case 'workspace':
        this.begin(event);
        break;
      case 'message':
        this.messages.set(key(event.message), event.message);
        break;
      case 'message-deleted':
        this.messages.delete(key(event));
        break;
      case 'ephemeral':
        this.ephemerals.set(key(event.ephemeral), event.ephemeral);
        break;
      case 'ephemeral-deleted':
        this.ephemerals.delete(key(event));
        break;
      case 'view':
        this.views.set(event.view.id, event.view);
        break;
      case 'view-closed':
        this.views.delete(event.id);
        break;
      case 'outage':
        this.outage = event.outage;
        break;
    }
  }

  message(channel: string, ts: string): ShownMessage | undefined {
    return this.messages.get(key({ channel, ts }));
  }

  /** Messages of a channel that stand in no thread, in order. */
  mainOf(channel: string): ShownMessage[] {
    return [...this.messages.values()].filter((message) => message.channel === channel && isMain(message));
  }

  /** What answers a message, in order. */
  repliesTo({ channel, ts }: ShownMessage): ShownMessage[] {
    return [...this.messages.values()].filter(
      (message) => message.channel === channel && message.threadTs === ts && message.ts !== ts,
    );
  }

  /** What the user alone sees in a channel, or in a thread of it. */
  ephemeralsIn(channel: string, thread?: string): ShownEphemeral[] {
    return [...this.ephemerals.values()].filter(
      (each) => each.channel === channel && each.threadTs === thread,
    );
  }

  /** The modal that the user sees. */
  get topView(): ShownView | undefined {
    return [...this.views.values()].at(-1);
  }

  private begin(event: Extract<PageEvent, { kind: 'workspace' }>): void {
    this.users = event.users;
    this.groups = event.groups;
    this.channels = event.channels;
    this.outage = event.outage;
    for (const map of [this.messages, this.ephemerals, this.views]) map.clear();
    for (const message of event.messages) this.messages.set(key(message), message);
    for (const ephemeral of event.ephemerals) this.ephemerals.set(key(ephemeral), ephemeral);
    for (const view of event.views) this.views.set(view.id, view);
  }
}

/** Whether a message stands in its channel, not in a thread. */
export function isMain({ ts, threadTs }: ShownMessage): boolean {
  return threadTs === undefined || threadTs === ts;
}

function key({ channel, ts }: { channel: string; ts: string }): string {
  return `${channel} ${ts}`;
}
