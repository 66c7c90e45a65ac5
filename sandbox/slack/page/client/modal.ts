import type { ShownView } from '../protocol';
import { ask } from './ask';
import { blockElements } from './blocks';
import { byId, element } from './dom';
import { type Input, inputOf } from './inputs';
import { type Reader, wordsOf } from './text';

/** The dialog in which the topmost modal is shown. */
export class Modal {
  private readonly dialog = byId('modal') as HTMLDialogElement;
  private shown: ShownView | undefined;
  private inputs: Input[] = [];

  constructor(private readonly reader: () => Reader) {
    // Escape closes the modal as its button does.
    this.dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      void this.close();
    });
  }

  /** Shows a modal, or what it says now; without one the dialog closes. */
  show(view: ShownView | undefined): void {
    if (view === undefined) {
      this.shown = undefined;
      this.dialog.close();
      return;
    }
    const filled = this.shown?.id === view.id ? this.filledIn() : new Map<string, string | number | null>();
    this.shown = view;
    this.inputs = [];
    this.dialog.replaceChildren(this.form(view));
    for (const input of this.inputs) {
      const value = filled.get(input.blockId);
      if (value !== undefined && value !== null) input.fill(value);
    }
    if (!this.dialog.open) this.dialog.showModal();
  }

  private filledIn(): Map<string, string | number | null> {
    return new Map(this.inputs.map(({ blockId, value }) => [blockId, value()]));
  }

  private form({ id, view }: ShownView): HTMLElement {
    const body = view.blocks.flatMap((block) => {
      if (block.type !== 'input') return blockElements([block], { viewId: id }, this.reader());
      const input = inputOf(block);
      if (input === undefined) return [];
      this.inputs.push(input);
      return [input.element];
    });
    const cancel = element('button', { type: 'button', class: 'button' }, wordsOf(view.close) || 'Cancel');
    cancel.addEventListener('click', () => void this.close());
    const form = element(
      'form',
      { novalidate: true },
      element('h2', { class: 'dialog-title', id: 'modal-title' }, wordsOf(view.title)),
      element('div', { class: 'modal-body' }, ...body),
      element('p', { class: 'error', id: 'modal-problem', role: 'alert' }),
      element(
        'div',
        { class: 'choices' },
        cancel,
        ...(view.submit === undefined
          ? []
          : [element('button', { type: 'submit', class: 'button primary' }, wordsOf(view.submit))]),
      ),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.submit(form);
    });
    return form;
  }

  private async submit(form: HTMLElement): Promise<void> {
    const { shown } = this;
    if (shown === undefined || form.getAttribute('aria-busy') === 'true') return;
    form.setAttribute('aria-busy', 'true');
    const answer = await ask('/submit', {
      user: this.reader().me,
      viewId: shown.id,
      values: Object.fromEntries(this.filledIn()),
    });
    form.removeAttribute('aria-busy');
    for (const input of this.inputs) input.complain(answer.errors?.[input.blockId]);
    const problem = document.getElementById('modal-problem');
    if (problem !== null) problem.textContent = answer.problem ?? '';
    this.dialog.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }

  private async close(): Promise<void> {
    if (this.shown !== undefined) await ask('/close', { user: this.reader().me, viewId: this.shown.id });
  }
}
