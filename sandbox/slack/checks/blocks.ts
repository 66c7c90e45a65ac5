import * as z from 'zod/mini';
import { actionElement, anyText, inputElement, plainText, words } from './elements';
import { issueLines } from './issues';

// Limits and forms: https://docs.slack.dev/reference/block-kit/blocks

const blockId = z.optional(words(255));

const header = z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(150) });
const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });
const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: z.optional(anyText(3000)),
    fields: z.optional(z.array(anyText(2000)).check(z.minLength(1), z.maxLength(10))),
    accessory: z.optional(actionElement),
    expand: z.optional(z.boolean()),
  })
  .check(
    z.refine(({ text, fields }) => text !== undefined || fields !== undefined, 'text or fields is required'),
  );
const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z.array(anyText(3000)).check(z.minLength(1), z.maxLength(10)),
});
const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z.array(actionElement).check(z.minLength(1), z.maxLength(25)),
});
const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(2000),
  element: inputElement,
  hint: z.optional(plainText(2000)),
  optional: z.optional(z.boolean()),
  dispatch_action: z.optional(z.boolean()),
});

const inMessages = z.discriminatedUnion('type', [header, divider, section, context, actions]);
const inViews = z.discriminatedUnion('type', [header, divider, section, context, actions, input]);

/** Slack's limits for how many blocks there are. */
const most = { message: 50, view: 100 };

/**
 * What is wrong with blocks, a line each as Slack tells it; nothing where Slack takes them. Blocks and elements that the stand-in does
 * not have are refused too, so that none is shown as nothing.
 * @param surface where they are to be shown
 */
export function blocksProblems(blocks: unknown, surface: 'message' | 'view'): string[] {
  const schema = z.array(surface === 'message' ? inMessages : inViews).check(z.maxLength(most[surface]));
  const parsed = schema.safeParse(blocks);
  if (!parsed.success) return issueLines(parsed.error.issues, 'blocks');
  return [
    ...repeated(parsed.data.map(({ block_id: id }) => id)).map((id) => `\`block_id\` ${id} is not unique`),
    ...parsed.data.flatMap((block) =>
      block.type === 'actions'
        ? repeated(block.elements.map(({ action_id: id }) => id)).map(
            (id) => `\`action_id\` ${id} is not unique within its block`,
          )
        : [],
    ),
  ];
}

/** The ids that are there more than once. */
function repeated(ids: readonly (string | undefined)[]): string[] {
  const given = ids.filter((id) => id !== undefined);
  return [...new Set(given.filter((id, index) => given.indexOf(id) !== index))];
}
