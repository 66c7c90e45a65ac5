import { undo } from '../../operator/undo/undo';
import { runUntil, type UntilOptions } from '../until-then';

/**
 * Restores what a fix removed.
 * @returns the exit status
 */
export function runUndo(name: string, options: UntilOptions): Promise<number> {
  return runUntil(undo, name, options);
}
