import type { DiffLine } from './diff-line';

/**
 * The lines of a plan's changes as one diff, in the order in which it is shown everywhere: what is a line by itself stands first, those
 * that go before those that come; what takes several lines follows in the order of the plan, each under its sentence. Pure.
 * @param changes the lines of each change
 */
export function inDiffOrder<Line extends DiffLine>(changes: readonly (readonly Line[])[]): Line[] {
  const isSingle = (lines: readonly Line[]) => lines.length === 1 && lines[0]?.kind !== 'heading';
  const single = changes.filter(isSingle).flat();
  const isFirst = ({ kind }: Line) => kind === 'goes';
  return [
    ...single.filter(isFirst),
    ...single.filter((line) => !isFirst(line)),
    ...changes.filter((lines) => !isSingle(lines)).flat(),
  ];
}
