import type { SlackBlock, SlackElement, SlackText } from './model';

/**
 * Blocks with an id for each block and each element that the app gave none, as Slack generates them: the same ones every time.
 * https://docs.slack.dev/reference/block-kit/blocks
 * @param blocks that Slack took
 * @param where what they belong to; two messages generate different ids
 */
export function withIds(blocks: unknown, where: string): SlackBlock[] {
  if (!Array.isArray(blocks)) return [];
  return (blocks as SlackBlock[]).map((block, index) => {
    const id = block.block_id ?? `${where}-${index}`;
    const element = (each: SlackElement, place: number) => withActionId(each, `${id}-${place}`);
    return {
      ...block,
      block_id: id,
      ...(block.accessory && { accessory: element(block.accessory, 0) }),
      ...(block.element && { element: element(block.element, 0) }),
      ...(block.elements && {
        elements: block.elements.map((each, place) => (isText(each) ? each : element(each, place))),
      }),
    };
  });
}

/** Whether what stands in a block is a text of a context block. */
export function isText(element: SlackElement | SlackText): element is SlackText {
  return element.type === 'mrkdwn' || element.type === 'plain_text';
}

function withActionId(element: SlackElement, id: string): SlackElement {
  return { ...element, action_id: element.action_id ?? id };
}
