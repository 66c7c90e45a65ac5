import pc from 'picocolors';
import type { Colors } from 'picocolors/types';

/** Where a command prints, and what can be shown there. */
export interface Terminal {
  colours: Colors;
  /** How wide a line may be; infinite where nobody watches. */
  columns: number;
}

/**
 * Standard output. Colour is for terminals alone, and not for those who set NO_COLOR: https://no-color.org
 */
export function standardOutput(): Terminal {
  const { isTTY, columns } = process.stdout;
  return {
    colours: pc.createColors(isTTY === true && !process.env.NO_COLOR),
    // Some terminals do not tell, and say 0.
    columns: (isTTY === true && columns) || Number.POSITIVE_INFINITY,
  };
}
