import type { ShownEphemeral, ShownMessage } from '../protocol';
import { byId, element } from './dom';
import { ephemeralElement, messageElement } from './messages';
import type { Reader } from './text';
import { inOrder, Timeline } from './timeline';
import { type ClientWorkspace, isMain } from './workspace';

/** How many messages are shown before the person asks for more. */
const pageSize = 200;

/** The messages of the channel that is open. */
export class MessageList {
  private readonly list = byId('messages');
  private readonly timeline = new Timeline(this.list);
  private readonly scroller = byId('scroller');
  private channel: string | undefined;
  private most = pageSize;

  constructor(
    private readonly parts: {
      workspace: ClientWorkspace;
      reader: () => Reader;
      open: (ts: string) => void;
    },
  ) {
    // So that the keyboard scrolls it.
    this.scroller.tabIndex = 0;
  }

  /** Shows a channel, from its last message up. */
  show(channel: string | undefined): void {
    this.most = pageSize;
    this.channel = channel;
    const { name = '' } = this.parts.workspace.channels.find(({ id }) => id === channel) ?? {};
    byId('channel-name').replaceChildren('# ', element('bdi', {}, name));
    this.fill();
    this.scrollToEnd();
  }

  /** Shows a message that came, or says something else; or that the one which it answers has an answer more. */
  update(message: ShownMessage | ShownEphemeral): void {
    if (message.channel !== this.channel) return;
    const isFirst = 'files' in message ? isMain(message) : message.threadTs === undefined;
    const main = isFirst ? message : this.parts.workspace.message(message.channel, message.threadTs ?? '');
    if (main === undefined || this.isHidden(main.ts)) return;
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < 80;
    this.timeline.put(this.elementOf(main));
    this.hideEarlier();
    if (isAtEnd) this.scrollToEnd();
  }

  remove({ channel, ts }: { channel: string; ts: string }): void {
    if (channel !== this.channel) return;
    this.timeline.remove(ts);
    this.hideEarlier();
  }

  /** Gives the focus to the button that opens a message's thread. */
  focusThreadOf(ts: string): void {
    this.list.querySelector<HTMLElement>(`[data-control="thread ${CSS.escape(ts)}"]`)?.focus();
  }

  private get all(): (ShownMessage | ShownEphemeral)[] {
    const { workspace } = this.parts;
    const { channel = '' } = this;
    return [...workspace.mainOf(channel), ...workspace.ephemeralsIn(channel)].sort(inOrder);
  }

  private fill(): void {
    this.list.replaceChildren(...this.all.slice(-this.most).map((message) => this.elementOf(message)));
    this.hideEarlier();
  }

  /** Whether a message is among the earlier ones, for which the person has not asked. */
  private isHidden(ts: string): boolean {
    const [first] = this.timeline.shown;
    return (
      this.list.querySelector('.earlier') !== null &&
      first !== undefined &&
      Number(ts) < Number(first.dataset.ts)
    );
  }

  /** Hides what is more than the person asked for, behind a button that says how many there are. */
  private hideEarlier(): void {
    const { shown } = this.timeline;
    for (const message of shown.slice(0, Math.max(0, shown.length - this.most))) message.remove();
    this.list.querySelector('.earlier')?.remove();
    const total = this.all.length;
    const hidden = total - Math.min(shown.length, this.most);
    if (hidden > 0) this.list.prepend(this.earlier(hidden));
    byId('empty').hidden = total > 0;
  }

  private earlier(count: number): HTMLElement {
    const button = element('button', { type: 'button', class: 'button' }, `Show earlier messages (${count})`);
    button.addEventListener('click', () => {
      const [first] = this.timeline.shown;
      this.most += pageSize;
      this.fill();
      this.timeline.shown.find(({ dataset }) => dataset.ts === first?.dataset.ts)?.focus();
    });
    return element('li', { class: 'earlier' }, button);
  }

  private elementOf(message: ShownMessage | ShownEphemeral): HTMLElement {
    const reader = this.parts.reader();
    if (!('files' in message)) return ephemeralElement(message, reader);
    return messageElement(message, reader, {
      replies: this.parts.workspace.repliesTo(message),
      open: () => this.parts.open(message.ts),
    });
  }

  private scrollToEnd(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}
