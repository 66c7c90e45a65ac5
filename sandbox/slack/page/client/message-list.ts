import type { ShownEphemeral, ShownMessage } from '../protocol';
import { byId, element, replaceKeepingFocus } from './dom';
import { ephemeralElement, messageElement } from './messages';
import type { Reader } from './text';
import { type ClientWorkspace, isMain } from './workspace';

/** How many messages are shown before somebody asks for more. */
const pageSize = 200;

/** The messages of the channel that is open. */
export class MessageList {
  private readonly list = byId('messages');
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
    if (channel !== this.channel) this.most = pageSize;
    this.channel = channel;
    const { name = '' } = this.parts.workspace.channels.find(({ id }) => id === channel) ?? {};
    byId('channel-name').replaceChildren('# ', element('bdi', {}, name));
    this.fill();
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /** Shows a message that came, or says something else; or that the one which it answers has an answer more. */
  update(message: ShownMessage): void {
    const main = isMain(message)
      ? message
      : this.parts.workspace.message(message.channel, message.threadTs ?? '');
    if (main === undefined) return;
    const isAtEnd = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 80;
    const old = [...this.list.querySelectorAll<HTMLElement>('[data-ts]')].find(
      ({ dataset }) => dataset.ts === main.ts,
    );
    const into = this.messageElement(main);
    if (old !== undefined) replaceKeepingFocus(old, into);
    else if (main === message) this.list.append(into);
    while (this.list.children.length > this.most + 1) this.fill();
    if (isAtEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  private fill(): void {
    const { workspace, reader } = this.parts;
    const { channel = '' } = this;
    const all: (ShownMessage | ShownEphemeral)[] = [
      ...workspace.mainOf(channel),
      ...workspace.ephemeralsIn(channel),
    ].sort((one, other) => Number(one.ts) - Number(other.ts));
    const hidden = Math.max(0, all.length - this.most);
    this.list.replaceChildren(
      ...(hidden > 0 ? [this.earlier(hidden)] : []),
      ...all
        .slice(hidden)
        .map((each) => ('files' in each ? this.messageElement(each) : ephemeralElement(each, reader()))),
    );
    byId('empty').hidden = all.length > 0;
  }

  private earlier(count: number): HTMLElement {
    const button = element('button', { type: 'button', class: 'button' }, `Show ${count} earlier messages`);
    button.addEventListener('click', () => {
      this.most += pageSize;
      this.fill();
    });
    return element('li', { class: 'earlier' }, button);
  }

  private messageElement(message: ShownMessage): HTMLElement {
    byId('empty').hidden = true;
    return messageElement(message, this.parts.reader(), {
      replies: this.parts.workspace.repliesTo(message),
      open: () => this.parts.open(message.ts),
    });
  }
}
