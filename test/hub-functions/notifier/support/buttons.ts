import { parseActionValue, type SlackAction } from '../../../../core/slack-action';
import type { SlackMessage } from '../../../../hub-functions/card/blocks';

/** What a message's buttons carry. */
export function buttonsOf({ blocks }: Pick<SlackMessage, 'blocks'>): (SlackAction & { card: string })[] {
  return blocks.flatMap((block) => {
    const accessory = block.type === 'section' && block.accessory ? [block.accessory] : [];
    const elements = block.type === 'actions' ? block.elements : accessory;
    return elements.map((element) => {
      const action = parseActionValue('value' in element ? element.value : undefined);
      if (!action) throw new Error(`This is no button of Staunch's: ${JSON.stringify(element)}`);
      return action;
    });
  });
}

/** Their orders. */
export function ordersOf(message: Pick<SlackMessage, 'blocks'>): string[] {
  return buttonsOf(message).map(({ order }) => order);
}
