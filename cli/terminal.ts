import pc from 'picocolors';
import type { Colors } from 'picocolors/types';

/** How wide a terminal is taken to be where it does not say. */
const usualColumns = 80;

/** Where a command prints, and what can be shown there. */
export interface Terminal {
  colours: Colors;
  /** How wide a line may be; infinite where nobody watches. */
  columns: number;
}

/** A stream to which a command prints, as far as it says what can be shown there. */
export interface TerminalStream {
  isTTY?: boolean;
  /** Some terminals do not tell, and say 0. */
  columns?: number;
}

/**
 * Standard output. Colour is for terminals alone, and not for those who set NO_COLOR: https://no-color.org
 */
export function standardOutput(stream: TerminalStream = process.stdout): Terminal {
  const { isTTY } = stream;
  return {
    colours: pc.createColors(isTTY === true && !process.env.NO_COLOR),
    columns: isTTY === true ? columnsOf(stream) : Number.POSITIVE_INFINITY,
  };
}

/** How wide a line may be: one less than the terminal, since some begin another line when the last column is filled. */
export function columnsOf({ columns }: TerminalStream): number {
  return (columns || usualColumns) - 1;
}
