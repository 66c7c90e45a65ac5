import type { ShownEphemeral, ShownMessage } from '../protocol';
import { byId } from './dom';
import { ephemeralElement, messageElement } from './messages';
import type { Reader } from './text';
import { inOrder, Timeline } from './timeline';
import type { ClientWorkspace } from './workspace';

/** The thread that is open beside the channel. */
export class ThreadPanel {
  private readonly panel = byId('thread');
  private readonly list = byId('replies');
  private readonly timeline = new Timeline(this.list);
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
    const { workspace } = this.parts;
    const main = workspace.message(channel ?? '', ts ?? '');
    this.channel = channel;
    this.ts = main?.ts;
    this.panel.hidden = main === undefined;
    document.body.classList.toggle('with-thread', main !== undefined);
    const all =
      main === undefined
        ? []
        : [main, ...workspace.repliesTo(main), ...workspace.ephemeralsIn(main.channel, main.ts)];
    this.list.replaceChildren(...all.sort(inOrder).map((message) => this.elementOf(message)));
  }

  /** Shows a message that came into the thread, or says something else. */
  update(message: ShownMessage | ShownEphemeral): void {
    if (message.channel !== this.channel || this.ts === undefined) return;
    if (message.ts === this.ts || message.threadTs === this.ts) this.timeline.put(this.elementOf(message));
  }

  /** Takes a message away; with the first of the thread the panel closes. */
  remove({ channel, ts }: { channel: string; ts: string }): void {
    if (channel !== this.channel) return;
    if (ts === this.ts) this.parts.close();
    else this.timeline.remove(ts);
  }

  focus(): void {
    byId('close-thread').focus();
  }

  private elementOf(message: ShownMessage | ShownEphemeral): HTMLElement {
    const reader = this.parts.reader();
    return 'files' in message ? messageElement(message, reader) : ephemeralElement(message, reader);
  }
}
