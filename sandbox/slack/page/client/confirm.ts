import type { SlackConfirm } from '../../model';
import { element } from './dom';
import { type Reader, textNodes, wordsOf } from './text';

/** Asks before something is done; resolves with whether the person confirms. */
export function confirmed(confirm: SlackConfirm | undefined, reader: Reader): Promise<boolean> {
  if (confirm === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    const style = confirm.style === 'danger' ? 'danger' : 'primary';
    const yes = element('button', { type: 'button', class: `button ${style}` }, wordsOf(confirm.confirm));
    const no = element('button', { type: 'button', class: 'button' }, wordsOf(confirm.deny));
    const dialog = element(
      'dialog',
      { class: 'confirm', 'aria-labelledby': 'confirm-title', 'aria-describedby': 'confirm-text' },
      element('h2', { class: 'dialog-title', id: 'confirm-title' }, wordsOf(confirm.title)),
      element('p', { id: 'confirm-text' }, ...textNodes(confirm.text, reader)),
      element('div', { class: 'choices' }, no, yes),
    );
    yes.addEventListener('click', () => dialog.close('yes'));
    no.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
