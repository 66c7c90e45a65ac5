import * as z from 'zod/mini';

// Limits and forms: https://docs.slack.dev/reference/block-kit/block-elements and …/composition-objects

/** A text that is there, of at most so many characters. */
export function words(limit: number) {
  return z.string().check(z.minLength(1), z.maxLength(limit));
}

/** A text without formatting. */
export function plainText(limit: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: words(limit),
    emoji: z.optional(z.boolean()),
  });
}

/** A text with or without formatting. */
export function anyText(limit: number) {
  return z.discriminatedUnion('type', [
    plainText(limit),
    z.strictObject({ type: z.literal('mrkdwn'), text: words(limit), verbatim: z.optional(z.boolean()) }),
  ]);
}

const style = z.optional(z.enum(['primary', 'danger']));

const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style,
});

const option = z.strictObject({
  text: anyText(75),
  value: words(150),
  description: z.optional(plainText(75)),
});

const actionId = z.optional(words(255));
const placeholder = z.optional(plainText(150));
const focus = z.optional(z.boolean());

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: actionId,
  url: z.optional(words(3000)),
  value: z.optional(words(2000)),
  style,
  confirm: z.optional(confirm),
  accessibility_label: z.optional(words(75)),
});

const staticSelect = z.strictObject({
  type: z.literal('static_select'),
  action_id: actionId,
  options: z.array(option).check(z.minLength(1), z.maxLength(100)),
  initial_option: z.optional(option),
  placeholder,
  confirm: z.optional(confirm),
  focus_on_load: focus,
});

const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: actionId,
  initial_value: z.optional(z.string()),
  multiline: z.optional(z.boolean()),
  min_length: z.optional(z.int().check(z.gte(0), z.lte(3000))),
  max_length: z.optional(z.int().check(z.gte(1), z.lte(3000))),
  placeholder,
  focus_on_load: focus,
});

const dateTimePicker = z.strictObject({
  type: z.literal('datetimepicker'),
  action_id: actionId,
  // Ten digits, as its page says.
  initial_date_time: z.optional(z.int().check(z.gte(1_000_000_000), z.lte(9_999_999_999))),
  confirm: z.optional(confirm),
  focus_on_load: focus,
});

/** What a person can act on outside of an input block, as far as the stand-in has it. */
export const actionElement = z.discriminatedUnion('type', [button, staticSelect]);

/** What a person can fill in, as far as the stand-in has it. */
export const inputElement = z.discriminatedUnion('type', [plainTextInput, dateTimePicker, staticSelect]);
