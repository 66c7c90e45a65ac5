import type { SlackBlock, SlackElement } from '../../model';
import { element } from './dom';
import { wordsOf } from './text';

/** A field of a modal. */
export interface Input {
  blockId: string;
  element: HTMLElement;
  /** What it holds; undefined for what it began with. */
  value: () => string | number | null;
  /** Puts back what a person had filled in. */
  fill: (value: string | number | null) => void;
  /** Says what it lacks, or that it lacks nothing. */
  complain: (error: string | undefined) => void;
}

/** An input block as a field with its label, hint and error. */
export function inputOf(block: SlackBlock): Input | undefined {
  const { block_id: blockId = '', element: what, label, hint, optional = false } = block;
  if (what === undefined) return undefined;
  const id = `input-${blockId}`;
  const field = fieldOf(what, { id, required: !optional, 'aria-describedby': `${id}-hint ${id}-error` });
  const error = element('p', { class: 'error', id: `${id}-error` });
  return {
    blockId,
    element: element(
      'div',
      { class: 'input-block' },
      element(
        'label',
        { for: id },
        wordsOf(label),
        ...(optional ? [element('span', { class: 'muted' }, ' (optional)')] : []),
      ),
      field.element,
      element('p', { class: 'hint', id: `${id}-hint` }, wordsOf(hint)),
      error,
    ),
    value: field.value,
    fill: field.fill,
    complain: (text) => {
      error.textContent = text ?? '';
      if (text === undefined) field.element.removeAttribute('aria-invalid');
      else field.element.setAttribute('aria-invalid', 'true');
    },
  };
}

type Attributes = Record<string, string | boolean>;
type Field = Pick<Input, 'value' | 'fill'> & { element: HTMLElement };

function fieldOf(what: SlackElement, attributes: Attributes): Field {
  switch (what.type) {
    case 'static_select':
      return selectField(what, attributes);
    case 'datetimepicker':
      return dateField(what, attributes);
    default:
      return textField(what, attributes);
  }
}

function textField(what: SlackElement, attributes: Attributes): Field {
  const own = { ...attributes, placeholder: wordsOf(what.placeholder), autocomplete: 'off' };
  const field = what.multiline
    ? element('textarea', { ...own, rows: '4' })
    : element('input', { ...own, type: 'text' });
  field.value = what.initial_value ?? '';
  return simpleField(field);
}

function selectField(what: SlackElement, attributes: Attributes): Field {
  const { options = [], initial_option: initial, placeholder } = what;
  const field = element(
    'select',
    attributes,
    element('option', { value: '' }, wordsOf(placeholder) || 'Choose …'),
    ...options.map(({ text, value }) => element('option', { value }, wordsOf(text))),
  );
  field.value = initial?.value ?? '';
  return simpleField(field);
}

function simpleField(field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement): Field {
  return {
    element: field,
    value: () => field.value || null,
    fill: (value) => {
      field.value = String(value ?? '');
    },
  };
}

/** In the person's own time zone; Slack counts seconds since the epoch. */
function dateField(what: SlackElement, attributes: Attributes): Field {
  const field = element('input', { ...attributes, type: 'datetime-local' });
  const fill = (seconds: string | number | null | undefined) => {
    if (seconds === null || seconds === undefined) field.value = '';
    else {
      const at = new Date(Number(seconds) * 1000);
      field.value = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    }
  };
  fill(what.initial_date_time);
  return {
    element: field,
    value: () => (field.value === '' ? null : Math.floor(new Date(field.value).getTime() / 1000)),
    fill,
  };
}
