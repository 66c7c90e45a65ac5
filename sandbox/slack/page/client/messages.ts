import type { ShownAttachment, ShownEphemeral, ShownFile, ShownMessage } from '../protocol';
import { blockElements } from './blocks';
import type { Place } from './controls';
import { element } from './dom';
import { messageTextNodes, type Reader } from './text';

/** What a message shows below what it says. */
export interface Thread {
  replies: readonly ShownMessage[];
  open: () => void;
}

/** A message as an element that can have the focus. */
export function messageElement(message: ShownMessage, reader: Reader, thread?: Thread): HTMLElement {
  return frame(message, 'message', [
    ...content(message, reader),
    ...(message.edited ? [element('span', { class: 'edited' }, '(edited)')] : []),
    ...message.files.map(fileElement),
    ...(thread === undefined ? [] : [threadElement(message, thread)]),
  ]);
}

/** What the user alone sees, as an element. */
export function ephemeralElement(ephemeral: ShownEphemeral, reader: Reader): HTMLElement {
  return frame(ephemeral, 'message ephemeral', [
    ...content(ephemeral, reader),
    element('p', { class: 'only-you' }, 'Only visible to you'),
  ]);
}

function frame({ ts }: { ts: string }, className: string, children: readonly Node[]): HTMLElement {
  const at = new Date(Number(ts) * 1000);
  const time = at.toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false });
  return element(
    'li',
    { class: className, 'data-ts': ts, tabindex: '-1' },
    element('span', { class: 'avatar', 'aria-hidden': 'true' }, 'S'),
    element(
      'div',
      { class: 'message-body' },
      element(
        'div',
        { class: 'byline' },
        element('strong', {}, 'Staunch'),
        element('span', { class: 'badge' }, 'App'),
        element('time', { datetime: at.toISOString(), title: at.toLocaleString('en') }, time),
      ),
      ...children,
    ),
  );
}

function content(
  message: { channel: string; ts: string; text: string } & Pick<ShownMessage, 'blocks' | 'attachments'>,
  reader: Reader,
): HTMLElement[] {
  const { channel, ts, text, blocks, attachments } = message;
  const place = { channel, ts };
  // With blocks the text is for notifications alone.
  const says =
    blocks.length > 0
      ? blockElements(blocks, place, reader)
      : text === ''
        ? []
        : [element('div', { class: 'section-text' }, ...messageTextNodes(text, reader))];
  return [...says, ...attachments.map((attachment) => attachmentElement(attachment, place, reader))];
}

const namedColours: Readonly<Record<string, string>> = {
  good: '#2eb67d',
  warning: '#d9a514',
  danger: '#c2334d',
};

function attachmentElement(
  { color, text, blocks }: ShownAttachment,
  place: Place,
  reader: Reader,
): HTMLElement {
  const made = element(
    'div',
    { class: 'attachment' },
    ...(blocks.length > 0
      ? blockElements(blocks, place, reader)
      : [element('div', { class: 'section-text' }, ...messageTextNodes(text ?? '', reader))]),
  );
  if (color !== undefined)
    made.style.setProperty('--bar', namedColours[color] ?? `#${color.replace(/^#/, '')}`);
  return made;
}

function fileElement({ id, name, title, size }: ShownFile): HTMLElement {
  return element(
    'a',
    { class: 'file', href: `/files/${id}`, download: name },
    element('span', { 'aria-hidden': 'true', class: 'file-icon' }, '▤'),
    element('span', {}, element('strong', {}, title), element('span', { class: 'muted' }, ` ${size} bytes`)),
  );
}

function threadElement({ ts }: ShownMessage, { replies, open }: Thread): HTMLElement {
  const count = replies.length;
  const label = count === 0 ? 'Open thread' : `${count} ${count === 1 ? 'reply' : 'replies'}`;
  const made = element(
    'button',
    {
      type: 'button',
      class: count === 0 ? 'thread-link quiet' : 'thread-link',
      'data-control': `thread ${ts}`,
    },
    label,
  );
  made.addEventListener('click', open);
  return made;
}
