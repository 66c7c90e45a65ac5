import type { SlackBlock, SlackElement, SlackText } from '../../model';
import { control, type Place } from './controls';
import { element } from './dom';
import { type Reader, textNodes } from './text';

/** Blocks of a message or a modal as elements; input blocks are the modal's own. */
export function blockElements(blocks: readonly SlackBlock[], place: Place, reader: Reader): HTMLElement[] {
  return blocks.flatMap((block) => {
    const made = blockElement(block, place, reader);
    return made === undefined ? [] : [made];
  });
}

function blockElement(block: SlackBlock, place: Place, reader: Reader): HTMLElement | undefined {
  const { block_id: blockId = '', text, elements = [] } = block;
  switch (block.type) {
    case 'header':
      return element('h3', { class: 'header-block' }, ...(text ? textNodes(text, reader) : []));
    case 'divider':
      return element('hr');
    case 'section':
      return section(block, place, reader);
    case 'context':
      return element(
        'div',
        { class: 'context-block' },
        ...elements.map((each) => element('span', {}, ...textNodes(each as SlackText, reader))),
      );
    case 'actions':
      return element(
        'div',
        { class: 'actions-block' },
        ...elements.map((each) => control(each as SlackElement, blockId, place, reader)),
      );
    default:
      return undefined;
  }
}

function section(block: SlackBlock, place: Place, reader: Reader): HTMLElement {
  const { block_id: blockId = '', text, fields = [], accessory } = block;
  return element(
    'div',
    { class: 'section-block' },
    element(
      'div',
      { class: 'section-body' },
      ...(text ? [element('div', { class: 'section-text' }, ...textNodes(text, reader))] : []),
      ...(fields.length === 0
        ? []
        : [
            element(
              'div',
              { class: 'fields' },
              ...fields.map((field) => element('div', { class: 'field' }, ...textNodes(field, reader))),
            ),
          ]),
    ),
    ...(accessory ? [control(accessory, blockId, place, reader)] : []),
  );
}
