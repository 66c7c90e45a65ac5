/** A line in a registry: what is imported, and the entry. */
export interface RegistryLine {
  /** Relative to the project's root. */
  file: string;
  /** Name of the list or table to which the entry is added. */
  declaration: string;
  /** Absent where the entry needs none. */
  importLine?: string;
  entry: string;
}

/** Thrown when a registry does not look as expected. Nothing was written. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
}

/**
 * The text of a registry with one more entry at the end of its list or table.
 * @throws RegistryError when there is no such declaration
 */
export function withLine(text: string, { file, declaration, importLine, entry }: RegistryLine): string {
  const begin = new RegExp(`const ${declaration}\\b[^=]*(=>[^=]*)?= ?[[{]`).exec(text);
  if (!begin) throw new RegistryError(`${file} declares no ${declaration}. Add its lines by hand.`);
  const end = closing(text, begin.index + begin[0].length - 1);
  const before = text.slice(0, end).trimEnd();
  const comma = /[[{,]$/.test(before) ? '' : ',';
  const added = `${before}${comma}\n  ${entry},\n${text.slice(end)}`;
  if (importLine === undefined) return added;
  const lastImport = [...added.matchAll(/^(import\b|\} from ).*;$/gm)].at(-1);
  const after = lastImport ? lastImport.index + lastImport[0].length : 0;
  return `${added.slice(0, after)}\n${importLine}${added.slice(after)}`;
}

/** Where the bracket that opens at `open` closes. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if ('[{('.includes(text[at] ?? ' ')) depth += 1;
    else if (']})'.includes(text[at] ?? ' ')) depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
