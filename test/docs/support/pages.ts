import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The checkout. */
export const root = join(__dirname, '..', '..', '..');

/** Every page of the project, by its path from the checkout. */
export function pages(): string[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...inDocs.sort()];
}

/** The text of a page. */
export function pageText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The lines of a page's fenced blocks, joined where a line goes on: after a backslash, a pipe, or `&&`. */
export function fencedLines(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```\w*\n([\s\S]*?)^ *```/gm)].map(([, block = '']) => block);
  return blocks.flatMap((block) =>
    block
      .replace(/\\\n\s*/g, ' ')
      .replace(/([|]|&&)\n\s*/g, '$1 ')
      .split('\n'),
  );
}

/** A page without its fenced blocks. */
export function prose(text: string): string {
  return text.replace(/^ *```\w*\n[\s\S]*?^ *```/gm, '');
}

/** The sections of a page under headings of a depth: title and text up to the next heading of that depth or above. */
export function sections(text: string, depth: number): Map<string, string> {
  const found = new Map<string, string>();
  let title: string | undefined;
  for (const line of text.split('\n')) {
    const [, marks, heading] = /^(#+) (.*)$/.exec(line) ?? [];
    if (marks !== undefined && marks.length <= depth) {
      title = marks.length === depth ? heading : undefined;
      if (title !== undefined) found.set(title, '');
    } else if (title !== undefined) found.set(title, `${found.get(title)}${line}\n`);
  }
  return found;
}
