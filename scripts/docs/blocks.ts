/** What the code says for a page, by the name of its mark. */
export type Blocks = Readonly<Record<string, string>>;

const end = '<!-- end -->';
const marked = /<!-- made of the code: ([\w-]+) -->\n[\s\S]*?<!-- end -->/g;

/**
 * A page with what the code says between its marks: `<!-- made of the code: NAME -->` and `<!-- end -->`.
 * @throws Error when the page has a mark that nothing is made for, or lacks one
 */
export function withBlocks(page: string, blocks: Blocks): string {
  const missing = new Set(Object.keys(blocks));
  const text = page.replace(marked, (_whole, name: string) => {
    const block = blocks[name];
    if (block === undefined) throw new Error(`Nothing of the code is made for the mark ${name}.`);
    missing.delete(name);
    return `<!-- made of the code: ${name} -->\n${block}\n${end}`;
  });
  if (missing.size > 0) throw new Error(`The page lacks the mark ${[...missing].join(', ')}.`);
  return text;
}

/** A table in Markdown. Cells may hold code; what would end a cell is escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
