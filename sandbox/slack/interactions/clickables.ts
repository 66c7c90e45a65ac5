import { isText, withIds } from '../block-ids';
import type { SlackBlock, SlackContent, SlackElement, Target } from '../model';
import type { ActedOn } from './payloads';

/** Everything in a message on which somebody can act, from the top to the bottom. */
export function clickablesOf({ blocks, attachments }: SlackContent, ts: string): ActedOn[] {
  const ofAttachments: { blocks?: unknown }[] = Array.isArray(attachments) ? attachments : [];
  return [
    ...clickablesIn(withIds(blocks, ts)),
    ...ofAttachments.flatMap((attachment, index) =>
      clickablesIn(withIds(attachment.blocks, `${ts}-attachment-${index}`)),
    ),
  ];
}

/** Everything in blocks, which have ids, on which somebody can act. */
export function clickablesIn(blocks: readonly SlackBlock[]): ActedOn[] {
  return blocks.flatMap(({ block_id: blockId = '', accessory, elements = [] }) =>
    [
      ...(accessory ? [accessory] : []),
      ...elements.filter((each): each is SlackElement => !isText(each)),
    ].map((element) => ({ blockId, element })),
  );
}

/**
 * The one thing on which somebody acts.
 * @throws Error where there is none, or several; it lists what there is
 */
export function clicked(among: readonly ActedOn[], { actionId, value, blockId }: Target): ActedOn {
  const [found, ...others] = among.filter(
    (each) =>
      (actionId === undefined || each.element.action_id === actionId) &&
      (value === undefined || each.element.value === value) &&
      (blockId === undefined || each.blockId === blockId),
  );
  if (found !== undefined && others.length === 0) return found;
  const wanted = JSON.stringify({ actionId, value, blockId });
  const there = among.map(({ element }) => element.action_id).join(', ') || 'nothing';
  throw new Error(
    found === undefined
      ? `Nothing there is ${wanted}; one can act on ${there}.`
      : `${others.length + 1} are ${wanted}: say the value or the block too.`,
  );
}
