import { states } from '../../core/states';
import { markdownTable } from './blocks';

/** The table of a finding's states, for docs/how-it-works.md. */
export function statesTable(): string {
  return markdownTable(
    ['state', 'called', '', 'meaning', 'may become'],
    Object.entries(states).map(([name, { title, meaning, open, next }]) => [
      `\`${name}\``,
      title,
      open ? 'open' : 'closed',
      meaning,
      next.map((state) => `\`${state}\``).join(', ') || 'none',
    ]),
  );
}
