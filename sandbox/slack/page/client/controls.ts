import type { SlackElement } from '../../model';
import { ask } from './ask';
import { confirmed } from './confirm';
import { element, tell } from './dom';
import { type Reader, wordsOf } from './text';

/** Where a control stands: in a message, or in a modal. */
export type Place = { channel: string; ts: string } | { viewId: string };

/** A button, a link that is one, or a menu. */
export function control(what: SlackElement, blockId: string, place: Place, reader: Reader): HTMLElement {
  return what.type === 'static_select'
    ? menu(what, blockId, place, reader)
    : button(what, blockId, place, reader);
}

function button(what: SlackElement, blockId: string, place: Place, reader: Reader): HTMLElement {
  const style = what.style === 'primary' || what.style === 'danger' ? ` ${what.style}` : '';
  const attributes = {
    class: `button${style}`,
    'aria-label': what.accessibility_label,
    'data-control': nameOf(what),
  };
  const isLink = what.url !== undefined && /^https?:\/\//i.test(what.url);
  const made: HTMLElement = isLink
    ? element(
        'a',
        { ...attributes, href: what.url, target: '_blank', rel: 'noopener noreferrer' },
        wordsOf(what.text),
      )
    : element('button', { ...attributes, type: 'button' }, wordsOf(what.text));
  made.addEventListener('click', () => void act(made, what, blockId, place, reader));
  return made;
}

function menu(what: SlackElement, blockId: string, place: Place, reader: Reader): HTMLElement {
  const { options = [], initial_option: initial } = what;
  const made = element(
    'select',
    { 'aria-label': wordsOf(what.placeholder) || 'Choose', 'data-control': nameOf(what) },
    ...(initial === undefined
      ? [element('option', { value: '' }, wordsOf(what.placeholder) || 'Choose …')]
      : []),
    ...options.map(({ text, value }) =>
      element('option', { value, selected: value === initial?.value }, wordsOf(text)),
    ),
  );
  made.addEventListener('change', () => {
    if (made.value !== '') void act(made, what, blockId, place, reader, made.value);
  });
  return made;
}

/** What tells a control from the others, also once its message says something else. */
function nameOf({ action_id: actionId = '', value = '' }: SlackElement): string {
  return `${actionId} ${value}`;
}

/** Tells the app; the control is busy until the app answered. */
async function act(
  made: HTMLElement,
  what: SlackElement,
  blockId: string,
  place: Place,
  { me, ...reader }: Reader,
  selected?: string,
): Promise<void> {
  if (made.getAttribute('aria-busy') === 'true') return;
  if (!(await confirmed(what.confirm, { me, ...reader }))) return;
  made.setAttribute('aria-busy', 'true');
  tell('');
  const { problem } = await ask('/click', {
    user: me,
    ...place,
    blockId,
    ...(what.action_id !== undefined && { actionId: what.action_id }),
    ...(selected !== undefined && { selected }),
  });
  made.removeAttribute('aria-busy');
  if (problem !== undefined) tell(problem);
}
