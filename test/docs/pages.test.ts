import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pages, pageText, prose, root } from './support/pages';

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

function anchorsOf(path: string): string[] {
  return [...prose(pageText(path)).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

describe.each(pages())('%s', (path) => {
  const text = pageText(path);

  if (path === 'README.md') {
    it('has blocks that fit a terminal of 80 columns', () => {
      const blocks = [...text.matchAll(/^ *```\w*\n([\s\S]*?)^ *```/gm)].flatMap(([, block = '']) =>
        block.split('\n'),
      );
      expect(blocks.filter((line) => [...line].length > 80)).toEqual([]);
    });
  }

  it('links to pages and headings that exist', () => {
    const links = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = links.filter((target) => {
      if (/^(https?|mailto):/.test(target)) return false;
      const [file = '', anchor] = target.split('#');
      const found = file === '' ? path : join(dirname(path), file);
      if (!existsSync(join(root, found))) return true;
      return anchor !== undefined && !anchorsOf(found).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('defines each link that it uses by name', () => {
    const used = [...prose(text).matchAll(/\]\[([\w-]+)\]/g)].map(([, name]) => name);
    for (const name of used) expect(text).toMatch(new RegExp(`^\\[${name}\\]: https://`, 'm'));
  });

  // The changelog also tells of what is gone.
  it('names files and folders that exist', () => {
    if (path === 'CHANGELOG.md' || path.startsWith('docs/decisions/')) return;
    const rooms = readdirSync(root);
    const named = [...prose(text).matchAll(/`([\w.-]+\/[\w./-]*)`/g)]
      .map(([, name = '']) => name)
      .filter((name) => rooms.includes(name.split('/')[0] ?? ''));
    expect(named.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });

  it('has JSON that can be pasted', () => {
    const blocks = [...text.matchAll(/^ *```json\n([\s\S]*?)^ *```/gm)].map(([, block = '']) => block);
    for (const block of blocks) expect(() => JSON.parse(block)).not.toThrow();
  });

  it('breaks no command or name over two lines, so that it can be copied', () => {
    const broken = prose(text)
      .split('\n')
      .filter((line) => (line.match(/`/g) ?? []).length % 2 === 1);
    expect(broken).toEqual([]);
  });

  it('has lines of at most 100 characters, but for tables and addresses', () => {
    const long = text
      .split('\n')
      .filter((line) => line.length > 100 && !line.startsWith('|') && !/https?:\S{40}/.test(line));
    expect(long).toEqual([]);
  });
});
