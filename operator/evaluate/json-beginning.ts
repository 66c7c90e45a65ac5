const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [listBegins, listEnds, objectBegins, objectEnds] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What may come next, beside space. */
type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

/**
 * Tells, byte by byte, whether a text can still be the beginning of one JSON value. It never says no of what is one; of what is
 * none it may say yes for longer, since it looks at brackets, quotes and commas only.
 */
export class JsonBeginning {
  /** For each bracket that is open, whether it is that of a list. */
  private readonly open: boolean[] = [];
  private expected: Expected = 'value';
  private within: 'text' | 'escape' | 'word' | undefined;
  private isKey = false;

  /** @returns false as soon as no text that goes on like this is one value; it should not be asked again then */
  goesOn(bytes: Uint8Array): boolean {
    for (const byte of bytes) {
      if (!this.take(byte)) return false;
    }
    return true;
  }

  private take(byte: number): boolean {
    switch (this.within) {
      case 'text':
        if (byte === quote) this.end();
        else if (byte === backslash) this.within = 'escape';
        // No line ends within a text.
        return byte >= 0x20;
      case 'escape':
        this.within = 'text';
        return byte >= 0x20;
      case 'word':
        if (isOfWord(byte)) return true;
        this.end();
    }
    return isBlank(byte) || this.begin(byte);
  }

  /** A text or a word is over. */
  private end(): void {
    this.within = undefined;
    if (this.isKey) this.expected = 'colon';
    else this.valueIsOver();
  }

  private valueIsOver(): void {
    this.expected = this.open.length === 0 ? 'nothing' : 'comma or end';
  }

  private begin(byte: number): boolean {
    const { expected } = this;
    switch (byte) {
      case quote:
        this.isKey = expected === 'key' || expected === 'key or end';
        this.within = 'text';
        return this.isKey || this.takesValue();
      case listBegins:
      case objectBegins:
        if (!this.takesValue()) return false;
        this.open.push(byte === listBegins);
        this.expected = byte === listBegins ? 'value or end' : 'key or end';
        return true;
      case listEnds:
      case objectEnds: {
        const isEnd =
          expected === 'comma or end' || expected === (byte === listEnds ? 'value or end' : 'key or end');
        if (!isEnd || this.open.pop() !== (byte === listEnds)) return false;
        this.valueIsOver();
        return true;
      }
      case comma:
        this.expected = this.open.at(-1) ? 'value' : 'key';
        return expected === 'comma or end';
      case colon:
        this.expected = 'value';
        return expected === 'colon';
      default:
        this.isKey = false;
        this.within = 'word';
        return isOfWord(byte) && this.takesValue();
    }
  }

  private takesValue(): boolean {
    return this.expected === 'value' || this.expected === 'value or end';
  }
}

/** A number, `true`, `false` and `null` are made of these. */
function isOfWord(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x45 ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e
  );
}

/** Space, also where only `trim` takes it for that, or of a byte order mark, which some programs begin a text with. */
export function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0xef || byte === 0xbb || byte === 0xbf;
}
