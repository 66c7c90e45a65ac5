import { heading } from '../../diff-line';
import { printable } from '../../printable';
import type { Shown } from '../../resource-type';
import { isPolicyChange } from '../changes';
import { policyChangeLines, policyLines } from '../shown';
import type { HolderKind } from './kind';

/** How resources of a type with one policy document are shown. */
export function shownHolder({ idLabel, fromApi }: Pick<HolderKind, 'idLabel' | 'fromApi'>): Shown {
  return {
    savedLines(saved) {
      const { id, policy } = fromApi(saved);
      return [`${idLabel}: ${printable(id)}`, ...policyLines(policy)];
    },

    /** What becomes of the statements, under the change's sentence. */
    changeLines: (change) =>
      isPolicyChange(change) ? [heading(change), ...policyChangeLines(change)] : undefined,
  };
}
