/** What a setting was and will be, for people; nothing where it stays. */
export function changed(what: string, before: string, after: string): string[] {
  return before === after ? [] : [`${what}: ${before} → ${after}`];
}
