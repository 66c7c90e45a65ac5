import type { InputValues, SlackBlock, SlackElement, ViewDefinition } from '../model';

/** Values as Slack sends them, by block id and action id: https://docs.slack.dev/reference/views#state */
export type ViewState = Record<string, Record<string, Record<string, unknown>>>;

/** What Slack itself says of a required input without a value. */
const required = 'Please complete this required field.';

/**
 * What a person filled in, as Slack sends it; an input that is left out keeps its initial value.
 * @returns `errors` by block id, where Slack does not send it
 * @throws Error where a value names no input or no choice of the modal
 */
export function filledIn(
  view: ViewDefinition,
  values: InputValues,
): { state: ViewState; errors: Record<string, string> } {
  const inputs = view.blocks.filter((block) => block.type === 'input');
  const ids = inputs.map(({ block_id: id }) => id ?? '');
  const stray = Object.keys(values).find((id) => !ids.includes(id));
  if (stray !== undefined)
    throw new Error(`The modal has no input ${stray}; it has ${ids.join(', ') || 'none'}.`);
  const state: ViewState = {};
  const errors: Record<string, string> = {};
  for (const block of inputs) {
    const { block_id: id = '', element } = block;
    if (element === undefined) continue;
    const value = stateOf(element, values[id]);
    state[id] = { [element.action_id ?? '']: value };
    const error = errorOf(block, element, value);
    if (error !== undefined) errors[id] = error;
  }
  return { state, errors };
}

function stateOf(element: SlackElement, given: string | number | null | undefined): Record<string, unknown> {
  const { type } = element;
  switch (type) {
    case 'datetimepicker': {
      const seconds = given === undefined ? element.initial_date_time : given;
      return { type, selected_date_time: seconds === null || seconds === undefined ? null : Number(seconds) };
    }
    case 'static_select':
      return { type, selected_option: optionOf(element, given) };
    default: {
      const text = given === undefined ? element.initial_value : given;
      return { type, value: text === undefined || text === null || text === '' ? null : String(text) };
    }
  }
}

function optionOf(
  { options = [], initial_option: initial }: SlackElement,
  given: string | number | null | undefined,
) {
  if (given === undefined) return initial ?? null;
  if (given === null || given === '') return null;
  const option = options.find(({ value }) => value === String(given));
  if (option === undefined)
    throw new Error(`There is no choice ${given}; there is ${options.map(({ value }) => value).join(', ')}.`);
  return option;
}

function errorOf(
  block: SlackBlock,
  element: SlackElement,
  value: Record<string, unknown>,
): string | undefined {
  const filled = value.value ?? value.selected_option ?? value.selected_date_time;
  if (filled === null || filled === undefined) return block.optional ? undefined : required;
  if (typeof value.value !== 'string') return undefined;
  const { min_length: least = 0, max_length: most = 3_000 } = element;
  if (value.value.length < least) return `At least ${least} characters, please.`;
  return value.value.length > most ? `At most ${most} characters, please.` : undefined;
}
