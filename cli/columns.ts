/** How wide a terminal is taken to be where it does not say. */
const usualColumns = 80;

/** A stream to which a command prints, as far as it says what can be shown there. */
export interface TerminalStream {
  isTTY?: boolean;
  /** Some terminals do not tell, and say 0. */
  columns?: number;
}

/** How wide a line may be: one less than the terminal, since some begin another line when the last column is filled. */
export function columnsOf({ columns }: TerminalStream): number {
  return (columns || usualColumns) - 1;
}

/** How wide a line may be; infinite where nobody watches. */
export function columnsWatched(stream: TerminalStream): number {
  return stream.isTTY === true ? columnsOf(stream) : Number.POSITIVE_INFINITY;
}
