import * as z from 'zod/mini';

/**
 * Slack's limits: https://docs.slack.dev/reference/methods/chat.postMessage,
 * https://docs.slack.dev/reference/block-kit/blocks and …/blocks/section-block
 */
const maximumTextLength = 40_000;
const maximumBlocks = 50;
const maximumSectionText = 3000;
const maximumFieldText = 2000;
const maximumHeaderText = 150;

const textSchema = z.looseObject({ type: z.enum(['plain_text', 'mrkdwn']), text: z.string() });
const blocksSchema = z.array(
  z.looseObject({
    type: z.string(),
    text: z.optional(textSchema),
    fields: z.optional(z.array(textSchema)),
  }),
);

type Block = z.infer<typeof blocksSchema>[number];

function within(text: string, limit: number): boolean {
  return text.length > 0 && text.length <= limit;
}

function isValidBlock(block: Block): boolean {
  const { text, fields = [] } = block;
  if (block.type === 'header') return text?.type === 'plain_text' && within(text.text, maximumHeaderText);
  if (block.type !== 'section') return true;
  if (text === undefined && fields.length === 0) return false;
  const textFits = text === undefined || within(text.text, maximumSectionText);
  return textFits && fields.length <= 10 && fields.every((field) => within(field.text, maximumFieldText));
}

/**
 * The error with which Slack refuses a message; undefined when it takes it.
 *
 * @param text the message's text; empty for none
 * @param blocks the message's blocks, parsed; undefined for none
 */
export function messageError(text: string, blocks: unknown): string | undefined {
  if (text.length > maximumTextLength) return 'msg_too_long';
  if (blocks === undefined) return text === '' ? 'no_text' : undefined;
  const parsed = blocksSchema.safeParse(blocks);
  if (!parsed.success) return 'invalid_blocks';
  if (parsed.data.length > maximumBlocks || !parsed.data.every(isValidBlock)) return 'invalid_blocks';
  return undefined;
}
