import { replaceKeepingFocus } from './dom';

/** Messages of a list, in the order of their `ts`; each element has its own in `data-ts`. */
export class Timeline {
  constructor(private readonly list: HTMLElement) {}

  /** Elements of messages; the list may hold others before them. */
  get shown(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>(':scope > [data-ts]')];
  }

  /** Shows a message in its place: that of the element with its `ts`, or between the others. */
  put(into: HTMLElement): void {
    const { shown } = this;
    const old = shown.find((each) => each.dataset.ts === into.dataset.ts);
    if (old !== undefined) replaceKeepingFocus(old, into);
    else this.list.insertBefore(into, shown.find((each) => timeOf(each) > timeOf(into)) ?? null);
  }

  remove(ts: string): void {
    this.shown.find((each) => each.dataset.ts === ts)?.remove();
  }
}

/** Orders messages: an earlier one comes first. */
export function inOrder(one: { ts: string }, other: { ts: string }): number {
  return Number(one.ts) - Number(other.ts);
}

function timeOf({ dataset }: HTMLElement): number {
  return Number(dataset.ts);
}
