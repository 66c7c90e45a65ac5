import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages, pageText, root, sections } from './support/pages';

/** The rooms whose exported names follow the glossary. */
const { rooms } = require('../../scripts/rooms') as { rooms: string[] };

/** Pages that quote other tools, or tell of what was. */
const quoting = ['CHANGELOG.md', 'docs/compare.md', 'docs/concepts.md'];

function sources(of: readonly string[]): string[] {
  return of
    .filter((room) => readdirSync(root).includes(room))
    .flatMap((room) =>
      readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(join(root, room, file), 'utf8')),
    );
}

/** The cells of each row of the first table in a text, without its head. */
function rowsOf(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

describe('the glossary', () => {
  const parts = sections(pageText('docs/concepts.md'), 2);
  const words = rowsOf(parts.get('Glossary') ?? '');
  const banned = rowsOf(parts.get('Words that we do not use') ?? '').map(([word = '']) => word);
  const code = sources(rooms);
  const exported = code.flatMap((text) =>
    [
      ...text.matchAll(
        /^export (?:declare |abstract |async )*(?:interface|type|class|function|const|enum) (\w+)/gm,
      ),
    ].map(([, name = '']) => name),
  );

  it('is in alphabetical order, and has each word once', () => {
    const terms = words.map(([term = '']) => term);
    expect(terms.length).toBeGreaterThan(20);
    expect(terms).toEqual([...new Set(terms)].sort());
  });

  it('names only what the code exports', () => {
    const named = words.flatMap(([, , name = '']) => /`(\w+)`/.exec(name)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(20);
    for (const name of named) expect(exported).toContain(name);
  });

  it('keeps the words that we do not use out of exported names', () => {
    const asName = (word: string) => word.replace(/[ -]/g, '').toLowerCase();
    for (const word of banned) {
      expect(exported.filter((name) => name.toLowerCase().includes(asName(word)))).toEqual([]);
    }
  });

  it('keeps them out of the pages', () => {
    for (const path of pages().filter((page) => !quoting.includes(page))) {
      const text = pageText(path).toLowerCase().replace(/\s+/g, ' ');
      expect([path, banned.filter((word) => text.includes(word))]).toEqual([path, []]);
    }
  });

  it('keeps them out of what the program says', () => {
    // What stands in quotes is for people; the sandbox also quotes AWS.
    const said = sources(rooms.filter((room) => room !== 'sandbox')).flatMap((text) =>
      [...text.matchAll(/'([^'\n]* [^'\n]*)'|`([^`\n]* [^`\n]*)`/g)].map(([whole]) => whole),
    );
    const wrong = said.filter((text) =>
      banned.some((word) => word.includes(' ') && text.toLowerCase().includes(word)),
    );
    expect(wrong).toEqual([]);
  });
});
