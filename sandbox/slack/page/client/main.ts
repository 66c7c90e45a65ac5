import { outageChoices } from '../outage-choices';
import type { PageEvent, ShownEphemeral, ShownMessage } from '../protocol';
import { ask } from './ask';
import { byId, element, tell } from './dom';
import { MessageList } from './message-list';
import { Modal } from './modal';
import { noteInAddress, type Place, placeOfAddress } from './place';
import type { Reader } from './text';
import { ThreadPanel } from './thread-panel';
import { ClientWorkspace } from './workspace';

/** The page: who looks at it, what he looks at, and what comes in. */
class Page {
  private readonly workspace = new ClientWorkspace();
  private readonly place: Place = placeOfAddress();
  private readonly unread = new Set<string>();
  private readonly list: MessageList;
  private readonly thread: ThreadPanel;
  private readonly modal = new Modal(() => this.reader());
  private readonly users = byId('user') as HTMLSelectElement;
  private readonly outages = byId('outage') as HTMLSelectElement;
  private events: EventSource | undefined;

  constructor() {
    const parts = { workspace: this.workspace, reader: () => this.reader() };
    this.list = new MessageList({ ...parts, open: (ts) => this.openThread(ts) });
    this.thread = new ThreadPanel({ ...parts, close: () => this.openThread(undefined) });
    this.users.addEventListener('change', () => this.be(this.users.value));
    this.outages.replaceChildren(
      ...Object.keys(outageChoices).map((name) => element('option', { value: name }, name)),
    );
    this.outages.addEventListener('change', () => void this.fail(this.outages.value));
  }

  /** Begins to show what a user sees. */
  be(user: string | undefined): void {
    if (user !== undefined) this.place.user = user;
    this.events?.close();
    this.events = new EventSource(`/events?user=${encodeURIComponent(this.place.user ?? '')}`);
    this.events.addEventListener('message', ({ data }) => this.take(JSON.parse(data)));
    this.events.addEventListener('error', () =>
      tell('The sandbox does not answer. The page shows what it last heard.'),
    );
  }

  private take(event: PageEvent): void {
    this.workspace.apply(event);
    switch (event.kind) {
      case 'workspace':
        this.begin();
        break;
      case 'message':
        this.update(event.message);
        break;
      case 'ephemeral':
        this.update(event.ephemeral);
        break;
      case 'message-deleted':
      case 'ephemeral-deleted':
        this.list.remove(event);
        this.thread.remove(event);
        break;
      case 'outage':
        this.showOutage();
        break;
      case 'view':
      case 'view-closed':
        this.modal.show(this.workspace.topView);
        break;
    }
  }

  private update(message: ShownMessage | ShownEphemeral): void {
    this.list.update(message);
    this.thread.update(message);
    if (message.channel !== this.place.channel) this.note(message.channel);
  }

  private begin(): void {
    const { users, channels } = this.workspace;
    if (!users.some(({ id }) => id === this.place.user)) {
      const [first] = users;
      // Nobody has no modals and no messages of his own: the page begins anew as the first user.
      if (first !== undefined) {
        this.be(first.id);
        return;
      }
    }
    if (!channels.some(({ id }) => id === this.place.channel)) {
      const [first] = channels;
      if (first !== undefined) this.place.channel = first.id;
    }
    tell('');
    this.showUsers();
    this.showOutage();
    this.showPlace();
    this.modal.show(this.workspace.topView);
  }

  private showPlace(): void {
    const { channel, thread } = this.place;
    if (channel !== undefined) this.unread.delete(channel);
    this.showChannels();
    this.list.show(channel);
    this.thread.show(channel, thread);
    noteInAddress(this.place);
  }

  private note(channel: string): void {
    this.unread.add(channel);
    this.showChannels();
  }

  private openThread(ts: string | undefined): void {
    const before = this.place.thread;
    if (ts === undefined) delete this.place.thread;
    else this.place.thread = ts;
    this.thread.show(this.place.channel, ts);
    if (ts !== undefined) this.thread.focus();
    else if (before !== undefined) this.list.focusThreadOf(before);
    noteInAddress(this.place);
  }

  private openChannel(id: string): void {
    this.place.channel = id;
    delete this.place.thread;
    this.showPlace();
  }

  private showChannels(): void {
    byId('channels').replaceChildren(
      ...this.workspace.channels.map(({ id, name, archived }) => {
        const isUnread = this.unread.has(id);
        const link = element(
          'button',
          {
            type: 'button',
            class: isUnread ? 'channel unread' : 'channel',
            'aria-current': id === this.place.channel ? 'true' : undefined,
          },
          element('span', { 'aria-hidden': 'true' }, '# '),
          element('bdi', {}, name),
          ...(archived ? [' (archived)'] : []),
          ...(isUnread ? [element('span', { class: 'visually-hidden' }, ', unread')] : []),
        );
        link.addEventListener('click', () => this.openChannel(id));
        return element('li', {}, link);
      }),
    );
  }

  private showUsers(): void {
    this.users.replaceChildren(
      ...this.workspace.users.map(({ id, name, restricted, deleted }) =>
        element(
          'option',
          { value: id },
          `${name}${restricted ? ' (guest)' : ''}${deleted ? ' (deactivated)' : ''}`,
        ),
      ),
    );
    this.users.value = this.place.user ?? '';
  }

  private showOutage(): void {
    const { outage } = this.workspace;
    const isKnown = [...this.outages.options].some(({ value }) => value === outage);
    if (!isKnown) this.outages.append(element('option', { value: outage }, outage));
    this.outages.value = outage;
  }

  private async fail(outage: string): Promise<void> {
    const { problem } = await ask('/outage', { outage });
    if (problem !== undefined) tell(problem);
  }

  private reader(): Reader {
    return { workspace: this.workspace, me: this.place.user ?? '' };
  }
}

const page = new Page();
page.be(undefined);
