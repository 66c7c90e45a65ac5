/** Times in a text for people that are not as `utc` says them; not what it quotes, nor what it says to write. */
export function rawTimes(text: string): string[] {
  return text.match(/(?<!"|like |--until )\b\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*Z/g) ?? [];
}
