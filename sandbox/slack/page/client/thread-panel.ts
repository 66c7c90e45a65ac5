import type { ShownMessage } from '../protocol';
import { byId, replaceKeepingFocus } from './dom';
import { ephemeralElement, messageElement } from './messages';
import type { Reader } from './text';
import type { ClientWorkspace } from './workspace';

/** The thread that is open beside the channel. */
export class ThreadPanel {
  private readonly panel = byId('thread');
  private readonly list = byId('replies');
  private channel: string | undefined;
  private ts: string | undefined;

  constructor(
    private readonly parts: { workspace: ClientWorkspace; reader: () => Reader; close: () => void },
  ) {
    // So that the keyboard scrolls it.
    this.list.tabIndex = 0;
    byId('close-thread').addEventListener('click', () => parts.close());
    this.panel.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') parts.close();
    });
  }

  /** Shows a message and what answers it; without one the panel closes. */
  show(channel: string | undefined, ts: string | undefined): void {
    this.channel = channel;
    this.ts = ts;
    const { workspace, reader } = this.parts;
    const main = workspace.message(channel ?? '', ts ?? '');
    this.panel.hidden = main === undefined;
    document.body.classList.toggle('with-thread', main !== undefined);
    if (main === undefined) {
      this.list.replaceChildren();
      return;
    }
    this.list.replaceChildren(
      ...[main, ...workspace.repliesTo(main)].map((message) => messageElement(message, reader())),
      ...workspace.ephemeralsIn(main.channel, main.ts).map((each) => ephemeralElement(each, reader())),
    );
  }

  /** Shows a message that came into the thread, or says something else. */
  update(message: ShownMessage): void {
    if (message.channel !== this.channel || this.ts === undefined) return;
    if (message.ts !== this.ts && message.threadTs !== this.ts) return;
    const old = [...this.list.querySelectorAll<HTMLElement>('[data-ts]')].find(
      ({ dataset }) => dataset.ts === message.ts,
    );
    const into = messageElement(message, this.parts.reader());
    if (old === undefined) this.list.append(into);
    else replaceKeepingFocus(old, into);
  }

  focus(): void {
    byId('close-thread').focus();
  }
}
