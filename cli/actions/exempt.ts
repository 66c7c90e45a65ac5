import { exempt } from '../../operator/exempt/exempt';
import { runUntil, type UntilOptions } from '../until-then';

/**
 * Has a resource left as it is.
 * @returns the exit status
 */
export function runExempt(name: string, options: UntilOptions): Promise<number> {
  return runUntil(exempt, name, options);
}
