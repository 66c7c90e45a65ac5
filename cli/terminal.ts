import pc from 'picocolors';
import type { Colors } from 'picocolors/types';
import { columnsWatched, type TerminalStream } from './columns';

/** Where a command prints, and what can be shown there. */
export interface Terminal {
  colours: Colors;
  /** How wide a line may be; infinite where nobody watches. */
  columns: number;
}

/**
 * Standard output. Colour is for terminals alone, and not for those who set NO_COLOR: https://no-color.org
 */
export function standardOutput(stream: TerminalStream = process.stdout): Terminal {
  const { isTTY } = stream;
  return {
    colours: pc.createColors(isTTY === true && !process.env.NO_COLOR),
    columns: columnsWatched(stream),
  };
}
