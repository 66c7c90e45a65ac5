import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  type Scalar,
} from 'yaml';
import { cut } from '../core/cut';
import { formatPath, type KeyPath } from './key-path';
import { PolicyError, type PolicyProblem } from './policy-error';
import { insteadOfAlias, yamlMistakes } from './yaml-mistakes';

/** Where a key and its value stand, and what is written there. */
interface Place {
  keyOffset: number;
  valueOffset: number;
  /** The scalar as it stands in the file: `012345678901` where the value is the number 12345678901. */
  text?: string;
}

/** How many characters a policy may have: about 20,000 accounts. */
const longest = 1_000_000;
/** How many characters a line may have, and how many brackets may be open: the parser recurses with both. */
const longestLine = 500;
const mostBrackets = 100;

/** A YAML document as plain values, which remembers where each of them stands. */
export class YamlSource {
  /** The document's content: objects without a prototype, lists, strings, numbers, booleans, null. */
  readonly value: unknown;
  /** What is wrong with the document, whatever it is meant to say. */
  readonly problems: PolicyProblem[] = [];
  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #places = new Map<string, Place>();

  /**
   * Reads YAML 1.2's core schema, in which `on` and `off` are strings: https://yaml.org/spec/1.2.2/#103-core-schema
   * Aliases are refused: a policy is read by people, and a few lines of them expand to gigabytes.
   * @param text the file's content
   * @param file the file's name, for problems
   * @throws PolicyError when the text is not YAML at all
   */
  constructor(
    text: string,
    readonly file: string,
  ) {
    if (exhausts(text)) {
      const limits = `at most ${longest} characters, ${longestLine} in a line, and ${mostBrackets} open brackets`;
      throw new PolicyError([{ file, key: '', message: `the file is no policy: one has ${limits}.` }]);
    }
    this.#text = text;
    this.value = this.#read(this.#parse(text), [], 0);
  }

  #parse(text: string): Node | null {
    const document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      uniqueKeys: false,
      prettyErrors: false,
      lineCounter: this.#lines,
    });
    const errors = [...document.errors, ...document.warnings];
    if (errors.length === 0) return document.contents;
    throw new PolicyError(
      yamlMistakes(text, errors).map(({ offset, message }) => ({
        file: this.file,
        ...this.#position(offset),
        key: '',
        message,
      })),
    );
  }

  /**
   * A problem at the value of a path, or at its key.
   * @param path of the key; where it does not exist, the nearest level above that does is named
   * @param at `value` also quotes what stands there
   */
  problem(path: KeyPath, message: string, at: 'key' | 'value' = 'value'): PolicyProblem {
    const place = this.#nearest(path);
    const position = this.#position(at === 'key' ? place.keyOffset : place.valueOffset);
    const text = at === 'value' ? this.text(path) : undefined;
    const value = text === undefined ? {} : { value: cut(text, 61) };
    return { file: this.file, ...position, key: formatPath(path), ...value, message };
  }

  /** What is written at a path when it is one scalar, as it stands in the file without quotes around it. */
  text(path: KeyPath): string | undefined {
    return this.#places.get(JSON.stringify(path))?.text;
  }

  /** Line of the key at a path, from 1; undefined where the file does not have it. */
  line(path: KeyPath): number | undefined {
    const place = this.#places.get(JSON.stringify(path));
    return place && this.#position(place.keyOffset).line;
  }

  #nearest(path: KeyPath): Place {
    for (let length = path.length; length >= 0; length--) {
      const place = this.#places.get(JSON.stringify(path.slice(0, length)));
      if (place) return place;
    }
    return { keyOffset: 0, valueOffset: 0 };
  }

  #position(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  #read(node: ParsedNode | Node | null, path: KeyPath, keyOffset: number): unknown {
    const valueOffset = node?.range?.[0] ?? keyOffset;
    const place: Place = { keyOffset, valueOffset };
    this.#places.set(JSON.stringify(path), place);
    if (isAlias(node)) {
      this.problems.push(this.problem(path, insteadOfAlias(node.source, this.#text)));
      return undefined;
    }
    if (isScalar(node)) {
      place.text = scalarText(node);
      return node.value;
    }
    if (isSeq(node)) {
      return node.items.map((item, index) =>
        this.#read(item as Node | null, [...path, index], offsetOf(item, valueOffset)),
      );
    }
    if (isMap(node)) {
      const entries: Record<string, unknown> = Object.create(null);
      for (const { key, value } of node.items) {
        const name = this.#readKey(key, path, entries);
        if (name === undefined) continue;
        entries[name] = this.#read(value as Node | null, [...path, name], offsetOf(key, valueOffset));
      }
      return entries;
    }
    return null;
  }

  /** The key as a string; undefined, and a problem, where it cannot be one or stands there already. */
  #readKey(key: unknown, path: KeyPath, entries: Record<string, unknown>): string | undefined {
    const at = this.#position(offsetOf(key, this.#nearest(path).valueOffset));
    const report = (name: string, message: string): void => {
      this.problems.push({ file: this.file, ...at, key: name, message });
    };
    if (!isScalar(key)) {
      report(formatPath(path), 'a key must be plain text.');
      return undefined;
    }
    const name = scalarText(key);
    const named = formatPath([...path, name]);
    if (name === '__proto__') {
      // Objects elsewhere have a property of this name that is no entry, so such a line could be lost on its way.
      report(named, 'cannot be used as a key; an account or unit of this name has to be written by its id.');
      return undefined;
    }
    if (Object.hasOwn(entries, name)) {
      report(named, `stands here twice, first on line ${this.line([...path, name])}; remove one.`);
      return undefined;
    }
    if (typeof key.value === 'number') {
      report(named, `is a number, which loses leading zeros; write the key in quotes: "${name}".`);
    }
    return name;
  }
}

/** The scalar as the user wrote it, without quotes. */
function scalarText(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

/** Offset of a node, or `otherwise` where it has none, as an empty value. */
function offsetOf(node: unknown, otherwise: number): number {
  return (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) && node.range
    ? node.range[0]
    : otherwise;
}

/** Whether the text could exhaust the parser's stack or memory, which ends the whole process. */
function exhausts(text: string): boolean {
  if (text.length > longest) return true;
  if (text.split(/[\r\n]/).some((line) => line.length > longestLine)) return true;
  let open = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = bracket === '[' || bracket === '{' ? open + 1 : Math.max(0, open - 1);
    if (open > mostBrackets) return true;
  }
  return false;
}
