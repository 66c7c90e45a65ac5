import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { states } from '../../core/states';

/** The table that docs/how-it-works.md must hold, made from the one table of states. */
function statesTable(): string {
  const rows = Object.entries(states).map(
    ([name, { title, meaning, open, next }]) =>
      `| \`${name}\` | ${title} | ${open ? 'open' : 'closed'} | ${meaning} | ${next.map((state) => `\`${state}\``).join(', ') || 'none'} |`,
  );
  return ['| state | called | | meaning | may become |', '|---|---|---|---|---|', ...rows].join('\n');
}

describe('docs/how-it-works.md', () => {
  it('shows the states as they are in core/states.ts', () => {
    const text = readFileSync(join(__dirname, '..', '..', 'docs', 'how-it-works.md'), 'utf8');

    expect(text).toContain(statesTable());
  });
});
