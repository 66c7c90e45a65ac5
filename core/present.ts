/** Values of which each key is there only where it has a value. */
export type Present<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };

/** The values that are not undefined; the keys of the others are left out. */
export function present<Values extends object>(values: Values): Present<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Present<Values>;
}
