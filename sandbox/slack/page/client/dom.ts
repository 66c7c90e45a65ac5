/** An attribute that is undefined or false is left out; one that is true has no value. */
type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/**
 * Makes an element. Strings among its children become text, never markup.
 * @param attributes whose names the page's own code gives, never a message
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  made.append(...children);
  return made;
}

/** The element of the page that has an id. @throws Error where there is none */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
}

/**
 * Puts an element in another one's place. The focus stays where it was, on the same control where there still is one.
 * @param into what replaces it; its controls are known by `data-control`
 */
export function replaceKeepingFocus(old: HTMLElement, into: HTMLElement): void {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const control = focused instanceof HTMLElement ? focused.dataset.control : undefined;
  old.replaceWith(into);
  if (focused === null) return;
  const controls = [...into.querySelectorAll<HTMLElement>('[data-control]')];
  (controls.find((each) => each.dataset.control === control) ?? into).focus();
}

/** Tells the person something, in words that screen readers say too. */
export function tell(text: string): void {
  const status = byId('status');
  status.textContent = text;
  status.hidden = text === '';
}
